//! `pathways`: the command line.

mod commands;
mod serve;
mod settings;

use clap::Parser;
use settings::Settings;
use std::process::ExitCode;

/// Gives back what drawn pages no longer need. The allocator of the C library keeps a heap for each thread and pages of
/// all lengths in it: after a flood of questions the server held 97 MiB where it now holds 57. What this one is told
/// stands in `.cargo/config.toml`.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

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
