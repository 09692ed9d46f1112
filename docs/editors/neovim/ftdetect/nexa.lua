vim.filetype.add({ extension = { nx = "nexa", nxlib = "nexa", nxs = "nexa_secrets" } })
