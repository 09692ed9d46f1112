--- `:checkhealth nexa`
local M = {}

local function check_program(command, why)
  local path = vim.fn.exepath(command[1])
  if path == "" then
    vim.health.error(("`%s` is not on the PATH: %s"):format(command[1], why), { "pip install nexa-lsp" })
    return
  end
  local arguments = vim.list_extend(vim.deepcopy(command), { "--version" })
  vim.health.ok(vim.trim(vim.system(arguments, { text = true }):wait().stdout or "") .. " at " .. path)
end

function M.check()
  local options = require("nexa").options
  vim.health.start("nexa")
  check_program(options.cmd, "there are no diagnostics, no completion, no runs")
  check_program(options.nexa, ":NexaGraph cannot draw")
  if require("nexa.treesitter").is_installed() then
    vim.health.ok("the tree-sitter parsers are installed")
  else
    vim.health.warn("the tree-sitter parsers are not installed: only names are highlighted", { ":NexaInstallParser" })
  end
  if not require("nexa.debug").register() then
    vim.health.info("nvim-dap is not installed: the lens `Debug` cannot debug")
  end
  local clients = vim.lsp.get_clients({ name = "nexa" })
  if #clients == 0 then
    vim.health.info("no server is running; open a `.nx` file")
  end
  for _, client in ipairs(clients) do
    vim.health.ok(("server %d serves %s"):format(client.id, client.config.root_dir or "single files"))
  end
end

return M
