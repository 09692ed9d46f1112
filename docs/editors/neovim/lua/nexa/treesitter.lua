--- The tree-sitter parser and its queries, which come from the repository that this folder is part of.
local M = {}

local HERE = vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, "S").source:sub(2)))
local SYNTAX = vim.fs.normalize(HERE .. "/../../../../../syntax")
local QUERIES = { "highlights", "folds", "indents", "injections", "locals", "tags" }

local function target()
  return vim.fs.normalize(vim.fn.stdpath("data") .. "/site/parser/nexa.so")
end

local function read(path)
  local file = io.open(path, "r")
  local text = file and file:read("*a")
  if file then
    file:close()
  end
  return text
end

local is_registered = false

local function register()
  if is_registered then
    return true
  end
  -- A folder that was made after the start is not searched yet, so the file is named.
  local path = vim.api.nvim_get_runtime_file("parser/nexa.*", false)[1] or target()
  if not vim.uv.fs_stat(path) or not pcall(vim.treesitter.language.add, "nexa", { path = path }) then
    return false
  end
  for _, name in ipairs(QUERIES) do
    local text = read(SYNTAX .. "/nexa/syntax/queries/" .. name .. ".scm")
    if text then
      vim.treesitter.query.set("nexa", name, text)
    end
  end
  is_registered = true
  return true
end

--- Highlight and fold a buffer by its tree, if the parser is installed.
function M.start(buffer)
  if register() then
    vim.treesitter.start(buffer, "nexa")
    vim.wo.foldexpr = "v:lua.vim.treesitter.foldexpr()"
  end
end

--- Whether the parser can be used.
function M.is_installed()
  return register()
end

--- Compile the parser with a C compiler, and use it at once.
function M.install(compiler)
  compiler = compiler or vim.env.CC or "cc"
  vim.fn.mkdir(vim.fs.dirname(target()), "p")
  local source = SYNTAX .. "/src"
  local command = { compiler, "-shared", "-fPIC", "-O2", "-I", source, "-o", target(), source .. "/parser.c", source .. "/scanner.c" }
  local done = vim.system(command, { text = true }):wait()
  if done.code ~= 0 then
    vim.notify("nexa: the parser could not be compiled: " .. done.stderr, vim.log.levels.ERROR)
    return false
  end
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == "nexa" then
      M.start(buffer)
    end
  end
  return true
end

return M
