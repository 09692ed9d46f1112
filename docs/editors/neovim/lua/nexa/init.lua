--- The Nexa language in Neovim: `require("nexa").setup()`.
local M = {}

M.options = {
  --- What starts the language server.
  cmd = { "nexa-lsp" },
  --- What starts the command line, for `:NexaGraph`.
  nexa = { "nexa" },
  root_markers = { "nexa.toml", "pyproject.toml", ".git" },
  --- The same names as in docs/settings.md, below `nexa`.
  settings = {},
  --- Show lenses (`▷ Run`, `Graph`, …) and keep them current.
  lenses = true,
  --- Complete while typing, with what Neovim brings along; a plugin that completes goes first.
  completion = true,
}

local FILETYPES = { "nexa", "nexa_secrets" }

local function config()
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = { nexa = { runEvents = true } }
  return {
    name = "nexa",
    cmd = M.options.cmd,
    filetypes = FILETYPES,
    capabilities = capabilities,
    settings = { nexa = M.options.settings },
    init_options = { nexa = M.options.settings },
    handlers = { ["nexa/runEvent"] = require("nexa.run").on_event },
  }
end

local function start(buffer)
  local marker = vim.fs.find(M.options.root_markers, { upward = true, path = vim.api.nvim_buf_get_name(buffer) })[1]
  local started = vim.tbl_extend("error", config(), { root_dir = marker and vim.fs.dirname(marker) })
  vim.lsp.start(started, {
    bufnr = buffer,
    -- Files outside of a workspace share a server, too.
    reuse_client = function(client, wanted)
      return client.name == wanted.name and client.config.root_dir == wanted.root_dir
    end,
  })
end

local function show_lenses(buffer)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  local group = vim.api.nvim_create_augroup("nexa_lenses_" .. buffer, { clear = true })
  vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "BufWritePost", "CursorHold" }, {
    group = group,
    buffer = buffer,
    callback = function()
      vim.lsp.codelens.refresh({ bufnr = buffer })
    end,
  })
  vim.lsp.codelens.refresh({ bufnr = buffer })
end

local function has_completer()
  for _, name in ipairs({ "cmp", "blink.cmp", "mini.completion", "coq" }) do
    if package.loaded[name] then
      return true
    end
  end
  return false
end

local function complete(client, buffer)
  -- Neovim 0.10 has nothing but CTRL-X CTRL-O.
  if not (vim.lsp.completion and vim.lsp.completion.enable) or has_completer() then
    return
  end
  vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true })
  -- Since 0.12 letters open the menu, too.
  if vim.fn.exists("&autocomplete") == 1 then
    vim.bo[buffer].autocomplete = true
    vim.bo[buffer].complete = "o"
    -- What the popup shows is Markdown, whose parser not every package of Neovim has.
    local can_show = pcall(vim.treesitter.language.inspect, "markdown")
    vim.bo[buffer].completeopt = can_show and "menuone,noselect,popup" or "menuone,noselect"
  end
end

--- Start the server for every Nexa file. `options` replace those above, key by key.
function M.setup(options)
  M.options = vim.tbl_deep_extend("force", M.options, options or {})
  vim.lsp.commands["nexa.run"] = function(command)
    require("nexa.run").run(command.arguments[1])
  end
  vim.lsp.commands["nexa.graph"] = function(command)
    require("nexa.graph").show(command.arguments[1].flow)
  end
  vim.lsp.commands["nexa.debug"] = function(command)
    require("nexa.debug").run(command.arguments[1])
  end
  local group = vim.api.nvim_create_augroup("nexa", { clear = true })
  if vim.lsp.config then
    vim.lsp.config("nexa", vim.tbl_extend("error", config(), { root_markers = M.options.root_markers }))
    vim.lsp.enable("nexa")
  else
    vim.api.nvim_create_autocmd("FileType", {
      group = group,
      pattern = FILETYPES,
      callback = function(event)
        start(event.buf)
      end,
    })
  end
  vim.api.nvim_create_autocmd("LspAttach", {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == "nexa" then
        require("nexa.debug").register()
        if M.options.lenses then
          show_lenses(event.buf)
        end
        if M.options.completion then
          complete(client, event.buf)
        end
      end
    end,
  })
end

--- Ask the server; Neovim 0.11 made this a method.
function M.request(client, method, params, handler, buffer)
  if vim.fn.has("nvim-0.11") == 1 then
    return client:request(method, params, handler, buffer)
  end
  return client.request(method, params, handler, buffer)
end

--- The client of a buffer; tells the user when there is none.
function M.client(buffer)
  local client = vim.lsp.get_clients({ name = "nexa", bufnr = buffer or 0 })[1]
  if not client then
    vim.notify("nexa: no server is attached to this buffer; see :checkhealth nexa", vim.log.levels.ERROR)
  end
  return client
end

return M
