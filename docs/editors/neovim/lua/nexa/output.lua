--- A split that shows text which goes on growing.
local M = {}

--- The buffer of that name, emptied, in a window below; the cursor stays where it is.
function M.open(name, filetype)
  local buffer = vim.fn.bufnr("^" .. name .. "$")
  if buffer == -1 then
    buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(buffer, name)
  end
  vim.bo[buffer].buftype = "nofile"
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].filetype = filetype or ""
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, {})
  if vim.fn.bufwinid(buffer) == -1 then
    local here = vim.api.nvim_get_current_win()
    vim.cmd("botright 12split")
    vim.api.nvim_win_set_buf(0, buffer)
    vim.api.nvim_set_current_win(here)
  end
  return buffer
end

--- Add text behind what is there, and keep its end in view.
function M.append(buffer, text)
  if not vim.api.nvim_buf_is_valid(buffer) then
    return
  end
  local last = vim.api.nvim_buf_get_lines(buffer, -2, -1, false)[1] or ""
  local lines = vim.split(last .. text, "\n", { plain = true })
  vim.api.nvim_buf_set_lines(buffer, -2, -1, false, lines)
  local window = vim.fn.bufwinid(buffer)
  if window ~= -1 then
    vim.api.nvim_win_set_cursor(window, { vim.api.nvim_buf_line_count(buffer), 0 })
  end
end

return M
