--- The tree-sitter parsers and their queries, which come from the repository that this folder is part of.
local M = {}

local HERE = vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, "S").source:sub(2)))
local SYNTAX = vim.fs.normalize(HERE .. "/../../../../../syntax")

--- File type, which is also the name of the parser → its sources, its queries, and where these are.
local PARSERS = {
  nexa = {
    source = SYNTAX .. "/src",
    folder = SYNTAX .. "/nexa/syntax/queries/",
    queries = { "highlights", "folds", "indents", "injections", "locals", "tags" },
  },
  nexa_secrets = {
    source = SYNTAX .. "/secrets/src",
    folder = SYNTAX .. "/nexa/syntax/queries/secrets/",
    queries = { "highlights", "folds", "indents" },
  },
}

local function target(name)
  return vim.fs.normalize(vim.fn.stdpath("data") .. "/site/parser/" .. name .. ".so")
end

local function read(path)
  local file = io.open(path, "r")
  local text = file and file:read("*a")
  if file then
    file:close()
  end
  return text
end

local registered = {}

local function register(name)
  if registered[name] then
    return true
  end
  -- A folder that was made after the start is not searched yet, so the file is named.
  local path = vim.api.nvim_get_runtime_file("parser/" .. name .. ".*", false)[1] or target(name)
  if not vim.uv.fs_stat(path) or not pcall(vim.treesitter.language.add, name, { path = path }) then
    return false
  end
  for _, query in ipairs(PARSERS[name].queries) do
    local text = read(PARSERS[name].folder .. query .. ".scm")
    if text then
      vim.treesitter.query.set(name, query, text)
    end
  end
  registered[name] = true
  return true
end

--- Highlight and fold a buffer by its tree, if the parser of its file type is installed.
function M.start(buffer)
  local name = vim.bo[buffer].filetype
  if register(name) then
    vim.treesitter.start(buffer, name)
    vim.wo.foldexpr = "v:lua.vim.treesitter.foldexpr()"
  end
end

--- Whether the parsers can be used.
function M.is_installed()
  return register("nexa") and register("nexa_secrets")
end

local function compile(name, compiler)
  local source = PARSERS[name].source
  local command = { compiler, "-shared", "-fPIC", "-O2", "-I", source, "-o", target(name) }
  vim.list_extend(command, { source .. "/parser.c", source .. "/scanner.c" })
  local ran, done = pcall(function()
    return vim.system(command, { text = true }):wait()
  end)
  if ran and done.code == 0 then
    return true
  end
  local why = ran and done.stderr or ("there is no `%s`"):format(compiler)
  vim.notify("nexa: the parser could not be compiled: " .. why, vim.log.levels.ERROR)
  return false
end

--- Compile the parsers with a C compiler, and use them at once.
function M.install(compiler)
  compiler = compiler or vim.env.CC or "cc"
  vim.fn.mkdir(vim.fs.dirname(target("nexa")), "p")
  vim.notify("nexa: compiling the parsers takes some seconds")
  vim.cmd.redraw()
  if not (compile("nexa", compiler) and compile("nexa_secrets", compiler)) then
    return false
  end
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and PARSERS[vim.bo[buffer].filetype] then
      M.start(buffer)
    end
  end
  vim.notify("nexa: files are now highlighted by their syntax tree")
  return true
end

return M
