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
    return ended .. ("✓ %s %.2f s\n"):format(event.node, event.seconds)
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
  local arguments = { uri = uri, flow = target.flow, test = target.test }
  if target.args and next(target.args) then
    arguments.args = target.args
  end
  local shown = output.open("nexa://run")
  local params = { command = "nexa.run", arguments = { arguments } }
  client.request("workspace/executeCommand", params, function(failure, result)
    if failure then
      output.append(shown, failure.message .. "\n")
      return
    end
    last = { client = client, id = result.runId }
    runs = { [result.runId] = { buffer = shown } }
  end, buffer)
end

--- Stop the last run.
function M.stop()
  if last then
    local params = { command = "nexa.stop", arguments = { { runId = last.id } } }
    last.client.request("workspace/executeCommand", params)
  end
end

return M
