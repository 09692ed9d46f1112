//! Nexa in Zed: where the language server and the debug adapter are, and how they are started.

use zed_extension_api::{
    self as zed, serde_json::json, serde_json::Value, settings::LspSettings, Command,
    DebugAdapterBinary, DebugConfig, DebugRequest, DebugScenario, DebugTaskDefinition,
    LanguageServerId, Result, StartDebuggingRequestArguments,
    StartDebuggingRequestArgumentsRequest as RequestKind, Worktree,
};

/// The program of the language server, and its name in Zed's settings.
const SERVER: &str = "nexa-lsp";
/// The command line, whose `nexa dap` is the debug adapter.
const COMMAND_LINE: &str = "nexa";
const INSTALL: &str = "install it with `pip install nexa-lsp`";

struct NexaExtension;

impl zed::Extension for NexaExtension {
    fn new() -> Self {
        Self
    }

    /// The server that the settings name (`lsp.nexa-lsp.binary`), else the one on the PATH of the worktree's shell.
    fn language_server_command(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let binary = settings(worktree).binary;
        let (path, args, env) =
            binary.map_or_else(Default::default, |it| (it.path, it.arguments, it.env));
        let command = path.or_else(|| worktree.which(SERVER)).ok_or_else(|| {
            format!("`{SERVER}` is not on the PATH: {INSTALL}, or name it in the setting `lsp.{SERVER}.binary.path`")
        })?;
        let mut all = worktree.shell_env();
        all.extend(env.unwrap_or_default());
        Ok(Command {
            command,
            args: args.unwrap_or_default(),
            env: all,
        })
    }

    fn language_server_initialization_options(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let LspSettings {
            initialization_options,
            settings,
            ..
        } = settings(worktree);
        Ok(initialization_options.or_else(|| settings.map(|it| json!({ "nexa": it }))))
    }

    /// What stands below `lsp.nexa-lsp.settings`, with the names of docs/settings.md.
    fn language_server_workspace_configuration(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(settings(worktree).settings.map(|it| json!({ "nexa": it })))
    }

    fn get_dap_binary(
        &mut self,
        adapter: String,
        config: DebugTaskDefinition,
        user_path: Option<String>,
        worktree: &Worktree,
    ) -> Result<DebugAdapterBinary, String> {
        let command = user_path
            .or_else(|| worktree.which(COMMAND_LINE))
            .ok_or_else(|| format!("`{COMMAND_LINE}` is not on the PATH: {INSTALL}"))?;
        let asked = zed::serde_json::from_str(&config.config).map_err(|error| error.to_string())?;
        let request = self.dap_request_kind(adapter, asked)?;
        Ok(DebugAdapterBinary {
            command: Some(command),
            arguments: vec!["dap".to_string()],
            envs: worktree.shell_env(),
            cwd: Some(worktree.root_path()),
            connection: None,
            request_args: StartDebuggingRequestArguments {
                configuration: config.config,
                request,
            },
        })
    }

    fn dap_request_kind(&mut self, _adapter: String, config: Value) -> Result<RequestKind, String> {
        match config.get("request").and_then(Value::as_str) {
            None | Some("launch") => Ok(RequestKind::Launch),
            Some(other) => Err(format!(
                "Nexa programs are launched; there is no request `{other}`"
            )),
        }
    }

    fn dap_config_to_scenario(&mut self, config: DebugConfig) -> Result<DebugScenario, String> {
        let DebugRequest::Launch(launch) = config.request else {
            return Err("Nexa programs are launched, not attached to".to_string());
        };
        let mut asked =
            json!({ "request": "launch", "program": launch.program, "args": launch.args });
        if let Some(cwd) = launch.cwd {
            asked["cwd"] = json!(cwd);
        }
        for (name, value) in launch.envs {
            asked["env"][name] = json!(value);
        }
        Ok(DebugScenario {
            label: config.label,
            adapter: config.adapter,
            build: None,
            config: asked.to_string(),
            tcp_connection: None,
        })
    }
}

/// What the user set below `lsp.nexa-lsp`; nothing where that cannot be read.
fn settings(worktree: &Worktree) -> LspSettings {
    LspSettings::for_worktree(SERVER, worktree).unwrap_or_default()
}

zed::register_extension!(NexaExtension);
