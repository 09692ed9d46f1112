--- Run inside a real Neovim: each check is a name and a function; what they find is written as JSON to RESULTS.
local root = vim.env.NEXA_CLONE
local work = vim.env.NEXA_WORK
vim.opt.runtimepath:append(root .. "/docs/editors/neovim")
vim.cmd.runtime({ "ftdetect/nexa.lua", bang = true })
vim.cmd.runtime({ "plugin/nexa.lua", bang = true })
vim.o.swapfile = false
vim.cmd("filetype plugin on")

local PATIENCE = 60000

local function eventually(what, get)
  local found
  local ok = vim.wait(PATIENCE, function()
    found = get()
    return found ~= nil and found ~= false
  end, 20)
  assert(ok, "no " .. what .. " in time")
  return found
end

local function equal(got, wanted)
  if not vim.deep_equal(got, wanted) then
    error(("got %s, wanted %s"):format(vim.inspect(got), vim.inspect(wanted)), 2)
  end
end

local function open(name)
  vim.cmd.edit(vim.fn.fnameescape(work .. "/" .. name))
  return eventually("server", function()
    return vim.lsp.get_clients({ name = "nexa", bufnr = 0 })[1]
  end)
end

--- Put the cursor on the `n`th byte of the first place of `text`.
local function go(text, n)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { row, at - 1 + (n or 0) })
      return row, at - 1
    end
  end
  error("no " .. text)
end

local function position(client)
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end

local function ask(client, method, params)
  local answer = assert(client.request_sync(method, params, PATIENCE, 0))
  assert(not answer.err, vim.inspect(answer.err))
  return answer.result
end

local function messages()
  local found = vim.tbl_map(function(one)
    return one.code .. " " .. one.lnum .. ":" .. one.col
  end, vim.diagnostic.get(0))
  table.sort(found)
  return found
end

local function text_of(name)
  local buffer = vim.fn.bufnr("^" .. name .. "$")
  return buffer ~= -1 and table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") or ""
end

local checks = {}
local function check(name, run)
  table.insert(checks, { name = name, run = run })
end

check("the server attaches and marks mistakes where they stand", function()
  local client = open("faulty.nx")
  equal(vim.bo.filetype, "nexa")
  eventually("diagnostics", function()
    return #vim.diagnostic.get(0) > 0
  end)
  -- Columns are bytes in Neovim: `客😀` is seven of them.
  equal(messages(), { "NX201 4:21" })
  equal(client.config.root_dir, work)
end)

check("diagnostics follow what is typed", function()
  vim.api.nvim_buf_set_lines(0, 4, 5, false, { '    "客😀"; print(Writer)' })
  eventually("clean file", function()
    return #vim.diagnostic.get(0) == 0
  end)
  vim.cmd("edit!")
end)

check("hover shows the signature", function()
  local client = open("main.nx")
  go("Writer.run", 2)
  local hover = ask(client, "textDocument/hover", position(client))
  assert(hover.contents.value:find("agent Writer", 1, true), hover.contents.value)
end)

check("definition goes to another file", function()
  local client = open("main.nx")
  go("Checker", 1)
  local places = ask(client, "textDocument/definition", position(client))
  local place = places[1] or places
  assert((place.targetUri or place.uri):find("lib.nxlib", 1, true), vim.inspect(place))
end)

check("completion offers the members of an agent", function()
  local client = open("main.nx")
  go("Writer.run", #"Writer.")
  local list = ask(client, "textDocument/completion", position(client))
  local labels = vim.tbl_map(function(one)
    return one.label
  end, list.items or list)
  assert(vim.tbl_contains(labels, "run"), vim.inspect(labels))
end)

check("letters open the menu where Neovim can, and nobody complains", function()
  local client = open("main.nx")
  -- What is attached is looked at by others in the same event.
  eventually("completion", function()
    return vim.fn.exists("&autocomplete") == 0 or vim.bo.autocomplete
  end)
  if vim.fn.exists("&autocomplete") == 1 then
    equal(vim.bo.complete, "o")
  end
  ask(client, "textDocument/documentSymbol", { textDocument = { uri = vim.uri_from_bufnr(0) } })
  assert(not vim.fn.execute("messages"):find("nexa", 1, true), vim.fn.execute("messages"))
end)

check("rename changes every file", function()
  local client = open("main.nx")
  go("Checker", 1)
  local params = position(client)
  params.newName = "Referee"
  local edit = ask(client, "textDocument/rename", params)
  vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
  assert(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n"):find("Referee", 1, true))
  local other = vim.fn.bufnr(work .. "/lib.nxlib")
  assert(table.concat(vim.api.nvim_buf_get_lines(other, 0, -1, false), "\n"):find("agent Referee", 1, true))
  vim.cmd("edit!")
  vim.api.nvim_buf_call(other, function()
    vim.cmd("edit!")
  end)
end)

check("formatting lays out the file", function()
  open("untidy.nx")
  vim.lsp.buf.format({ timeout_ms = PATIENCE })
  equal(vim.api.nvim_buf_get_lines(0, 0, -1, false), { "flow main {", "    print(1)", "}" })
  vim.cmd("edit!")
end)

check("a lens runs the flow, and its output is in a split", function()
  open("main.nx")
  vim.cmd("write!")
  local row = go("flow main", 0)
  eventually("lenses", function()
    vim.lsp.codelens.refresh({ bufnr = 0 })
    vim.wait(100)
    return #vim.lsp.codelens.get(0) > 0
  end)
  vim.api.nvim_win_set_cursor(0, { row, 5 })
  local run = vim.tbl_filter(function(one)
    one = one.lens or one
    return one.command and one.command.title == "▷ Run"
  end, vim.lsp.codelens.get(0))[1]
  run = run.lens or run
  vim.lsp.commands[run.command.command](run.command, {})
  local output = eventually("end of the run", function()
    local text = text_of("nexa://run")
    return text:find(" after ", 1, true) and text
  end)
  assert(output:find("about tides", 1, true), output)
  assert(output:find("▸ main#0 Writer", 1, true), output)
  assert(output:find("ok after ", 1, true), output)
end)

check("commands run flows with arguments, and tests", function()
  open("main.nx")
  vim.cmd("NexaRun main topic=客")
  eventually("output", function()
    return text_of("nexa://run"):find("about 客", 1, true) and text_of("nexa://run"):find("ok after", 1, true)
  end)
  vim.cmd("NexaTest it holds")
  eventually("test", function()
    return text_of("nexa://run"):find("ok after", 1, true) and not text_of("nexa://run"):find("about", 1, true)
  end)
end)

check("a flow runs again from a node", function()
  open("main.nx")
  vim.cmd("NexaRun main topic=客")
  eventually("first run", function()
    return text_of("nexa://run"):find("ok after", 1, true)
  end)
  assert(vim.deep_equal(require("nexa.run").nodes("main#0"), { "main#0" }))
  vim.cmd("NexaRunFrom main#0")
  eventually("second run", function()
    local text = text_of("nexa://run")
    return text:find("about 客", 1, true) and text:find("ok after", 1, true)
  end)
  vim.cmd("NexaRunFrom main#99")
  eventually("refusal", function()
    return text_of("nexa://run"):find("did not come to a node main#99", 1, true)
  end)
end)

check("a run can be stopped", function()
  open("slow.nx")
  vim.cmd("NexaRun")
  eventually("start", function()
    return text_of("nexa://run"):find("waiting", 1, true)
  end)
  vim.cmd("NexaStop")
  eventually("end", function()
    return text_of("nexa://run"):find("cancelled after", 1, true)
  end)
end)

check("the graph is drawn in a split", function()
  open("main.nx")
  vim.cmd("NexaGraph main mermaid")
  eventually("graph", function()
    return text_of("nexa://graph"):find("flowchart TD", 1, true) and text_of("nexa://graph"):find("Writer", 1, true)
  end)
end)

check("the parser compiles, and highlights by tree", function()
  open("main.nx")
  vim.cmd("NexaInstallParser")
  assert(vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()], "the buffer is not highlighted")
  vim.treesitter.get_parser(0, "nexa"):parse(true)
  local row, column = go("flow main", 0)
  local captures = vim.tbl_map(function(one)
    return one.capture
  end, vim.treesitter.get_captures_at_pos(0, row - 1, column))
  assert(vim.tbl_contains(captures, "keyword.function"), vim.inspect(captures))
  row, column = go('"tides"', 1)
  captures = vim.tbl_map(function(one)
    return one.capture
  end, vim.treesitter.get_captures_at_pos(0, row - 1, column))
  assert(vim.tbl_contains(captures, "string"), vim.inspect(captures))
end)

check("a secrets file is highlighted by its tree, too", function()
  vim.cmd.edit(vim.fn.fnameescape(work .. "/keys.nxs"))
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { "config local { KEY: 1 }" })
  equal(vim.bo.filetype, "nexa_secrets")
  assert(vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()], "the buffer is not highlighted")
  vim.treesitter.get_parser(0, "nexa_secrets"):parse(true)
  local row, column = go("KEY", 0)
  local captures = vim.tbl_map(function(one)
    return one.capture
  end, vim.treesitter.get_captures_at_pos(0, row - 1, column))
  assert(vim.tbl_contains(captures, "property"), vim.inspect(captures))
  vim.cmd("bwipeout!")
end)

check("files outside of a workspace share a server", function()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder)
  for _, name in ipairs({ "a.nx", "b.nx" }) do
    vim.cmd.edit(vim.fn.fnameescape(folder .. "/" .. name))
    eventually("server", function()
      return vim.lsp.get_clients({ name = "nexa", bufnr = 0 })[1]
    end)
  end
  local alone = vim.tbl_filter(function(client)
    return not client.config.root_dir
  end, vim.lsp.get_clients({ name = "nexa" }))
  equal(#alone, 1)
end)

check("the lens Debug starts nvim-dap, or says that it is missing", function()
  open("main.nx")
  local said, started
  local notify = vim.notify
  vim.notify = function(text)
    said = text
  end
  local target = { uri = vim.uri_from_bufnr(0), flow = "main" }
  vim.lsp.commands["nexa.debug"]({ arguments = { target } }, {})
  vim.notify = notify
  assert(said and said:find("nvim-dap", 1, true), said)
  package.loaded.dap = {
    adapters = {},
    configurations = {},
    run = function(config)
      started = config
    end,
  }
  vim.lsp.commands["nexa.debug"]({ arguments = { target } }, {})
  equal({ started.type, started.request, started.flow, started.program }, { "nexa", "launch", "main", work .. "/main.nx" })
  equal(require("dap").adapters.nexa, { type = "executable", command = "nexa", args = { "dap" } })
  package.loaded.dap = nil
end)

check("health says that all is well", function()
  open("main.nx")
  vim.cmd("checkhealth nexa")
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  assert(text:find("nexa%-lsp %d") and text:find("parsers are installed", 1, true), text)
  assert(not text:find("ERROR", 1, true), text)
  vim.cmd("bwipeout!")
end)

require("nexa").setup()
local results = {}
for _, one in ipairs(checks) do
  local ok, problem = xpcall(one.run, debug.traceback)
  table.insert(results, { name = one.name, problem = not ok and tostring(problem) or nil })
end
local file = assert(io.open(vim.env.NEXA_RESULTS, "w"))
file:write(vim.json.encode(results))
file:close()
vim.cmd("qall!")
