--- The graph of a flow, as text in a split.
local M = {}

--- Show a flow of this file (`main`, or the first one) as `text`, `mermaid`, `dot` or `json`.
function M.show(flow, format)
  format = format or "text"
  if vim.bo.modified then
    vim.cmd.write()
  end
  local file = vim.api.nvim_buf_get_name(0)
  local command = vim.deepcopy(require("nexa").options.nexa)
  vim.list_extend(command, { "graph", file, "--format", format })
  if flow then
    vim.list_extend(command, { "--flow", flow })
  end
  vim.system(command, { text = true, cwd = vim.fs.dirname(file) }, function(done)
    vim.schedule(function()
      local text = done.stdout ~= "" and done.stdout or done.stderr
      local output = require("nexa.output")
      output.append(output.open("nexa://graph", format == "text" and "" or format), text)
    end)
  end)
end

return M
