--- Debugging with nvim-dap, where that is installed.
local M = {}

--- Tell nvim-dap how programs are debugged; whether it is there.
function M.register()
  local found, dap = pcall(require, "dap")
  if found and not dap.adapters.nexa then
    local command = vim.list_extend(vim.deepcopy(require("nexa").options.nexa), { "dap" })
    dap.adapters.nexa = { type = "executable", command = table.remove(command, 1), args = command }
    dap.configurations.nexa = {
      { type = "nexa", request = "launch", name = "Debug main", program = "${file}", flow = "main" },
    }
  end
  return found
end

--- Debug `{ flow, args }` or `{ test }` of the file `uri`.
function M.run(target)
  if not M.register() then
    vim.notify("nexa: debugging needs the plugin nvim-dap, and `pip install debugpy`", vim.log.levels.WARN)
    return
  end
  require("dap").run({
    type = "nexa",
    request = "launch",
    name = "Debug " .. (target.test or target.flow or "main"),
    program = vim.uri_to_fname(target.uri),
    flow = target.flow,
    test = target.test,
    args = target.args,
  })
end

return M
