--- Runs of flows and tests: started by the server, shown as they go on.
local output = require("nexa.output")

local M = {}

--- The buffer and the last node that streamed, by run.
local runs = {}
local last

local function wants_input(prompt)
  vim.notify("nexa: the run wants input (" .. prompt .. "), which Neovim cannot give", vim.log.levels.WARN)
end

local function text_of(state, event)
  local kind = event.event
  if kind == "token" then
    local head = state.streaming ~= event.node and (event.node .. ": ") or ""
    state.streaming = event.node
    return head .. event.text
  end
  local ended = state.streaming and "\n" or ""
  state.streaming = nil
  if kind == "print" then
    return ended .. event.text
  elseif kind == "node.started" then
    return ended .. ("▸ %s %s\n"):format(event.node, event.callee)
  elseif kind == "node.finished" then
    local replayed = event.replayed and ", replayed" or ""
    return ended .. ("✓ %s %.2f s%s\n"):format(event.node, event.seconds, replayed)
  elseif kind == "node.failed" then
    return ended .. ("✗ %s: %s\n"):format(event.node, event.error.message)
  elseif kind == "log" then
    return ended .. ("%s: %s\n"):format(event.level, event.text)
  elseif kind == "run.finished" then
    local reason = type(event.error) == "table" and (": " .. event.error.message) or ""
    return ended .. ("%s after %.1f s%s\n"):format(event.status, event.seconds, reason)
  elseif kind == "input.requested" then
    wants_input(event.prompt)
  end
  return ended
end

--- The handler of `nexa/runEvent`.
function M.on_event(_, event)
  local state = runs[event.runId]
  if state then
    if last and last.id == event.runId then
      if event.event == "run.started" then
        last.run = event.run
      elseif event.event == "node.started" then
        last.nodes[event.node] = true
      end
    end
    output.append(state.buffer, text_of(state, event))
  end
end

--- Run `{ flow, args }` or `{ test }` of this file, or of the file `uri`. Unsaved changes are written first.
function M.run(target)
  local client = require("nexa").client()
  if not client then
    return
  end
  local uri = target.uri or vim.uri_from_bufnr(0)
  local buffer = vim.uri_to_bufnr(uri)
  if vim.bo[buffer].modified then
    vim.api.nvim_buf_call(buffer, vim.cmd.write)
  end
  local arguments = { uri = uri, flow = target.flow, test = target.test, from = target.from }
  if target.args and next(target.args) then
    arguments.args = target.args
  end
  local shown = output.open("nexa://run")
  local params = { command = "nexa.run", arguments = { arguments } }
  require("nexa").request(client, "workspace/executeCommand", params, function(failure, result)
    if failure then
      output.append(shown, failure.message .. "\n")
      return
    end
    last = { client = client, id = result.runId, uri = uri, flow = target.flow, nodes = {} }
    runs = { [result.runId] = { buffer = shown } }
  end, buffer)
end

--- Run the flow of the last run again from a node of its graph, or of the run `run` of this file's `main`.
function M.run_from(node, run)
  if run then
    M.run({ flow = "main", from = { run = run, node = node } })
  elseif last and last.run and last.flow then
    M.run({ uri = last.uri, flow = last.flow, from = { run = last.run, node = node } })
  else
    M.run({ flow = "main", from = { run = "last", node = node } })
  end
end

--- The nodes of the last run that begin with `start`.
function M.nodes(start)
  local found = {}
  for node in pairs(last and last.nodes or {}) do
    if vim.startswith(node, start) then
      table.insert(found, node)
    end
  end
  table.sort(found)
  return found
end

--- Stop the last run.
function M.stop()
  if last then
    local params = { command = "nexa.stop", arguments = { { runId = last.id } } }
    require("nexa").request(last.client, "workspace/executeCommand", params)
  end
end

return M
