if vim.g.loaded_nexa then
  return
end
vim.g.loaded_nexa = true

local function words(options)
  return vim.split(vim.trim(options.args), "%s+", { trimempty = true })
end

vim.api.nvim_create_user_command("NexaRun", function(options)
  local given = words(options)
  local flow = given[1] and not given[1]:find("=") and table.remove(given, 1) or nil
  local args = {}
  for _, word in ipairs(given) do
    local key, value = word:match("^([^=]+)=(.*)$")
    if key then
      args[key] = value
    end
  end
  require("nexa.run").run({ flow = flow or "main", args = args })
end, { nargs = "*", desc = "Run a flow of this file: NexaRun [flow] [parameter=value]..." })

vim.api.nvim_create_user_command("NexaRunFrom", function(options)
  local given = words(options)
  require("nexa.run").run_from(given[1], given[2])
end, {
  nargs = "+",
  desc = "Run again from a node of the last run: NexaRunFrom node [run]",
  complete = function(start)
    return require("nexa.run").nodes(start)
  end,
})

vim.api.nvim_create_user_command("NexaTest", function(options)
  require("nexa.run").run({ test = vim.trim(options.args) })
end, { nargs = "*", desc = "Run the test of this title, or all tests of this file" })

vim.api.nvim_create_user_command("NexaStop", function()
  require("nexa.run").stop()
end, { desc = "Stop the last run" })

vim.api.nvim_create_user_command("NexaGraph", function(options)
  local given = words(options)
  require("nexa.graph").show(given[1], given[2])
end, { nargs = "*", desc = "Show the graph of a flow: NexaGraph [flow] [text|mermaid|dot|json]" })

vim.api.nvim_create_user_command("NexaInstallParser", function()
  require("nexa.treesitter").install()
end, { desc = "Compile the tree-sitter parsers" })
