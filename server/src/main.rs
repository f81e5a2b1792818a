//! `pathways`: the command line.

mod commands;
mod serve;
mod settings;

use clap::Parser;
use settings::Settings;
use std::process::ExitCode;

fn main() -> ExitCode {
    let settings = Settings::parse();
    settings.log.begin();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => {
            eprintln!("pathways: the machine gives no threads: {cause}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(settings)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("pathways: {error}");
            ExitCode::FAILURE
        }
    }
}
