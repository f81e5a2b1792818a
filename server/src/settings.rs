//! What can an operator set, by flag or environment variable, and what holds if they set nothing?

pub(crate) mod import;
pub(crate) mod sso;

use backend::admin::audit::Mark;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::people::Role;
use domain::people::screening;
use import::Import;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Serve Pathways, the website on which 8th graders in Los Angeles find a high school, and look after its data.
#[derive(Clone, Debug, Parser)]
#[command(name = "pathways", version, max_term_width = 110)]
pub(crate) struct Settings {
    /// The database: sqlite:PATH (made if missing) or postgres://USER@HOST/NAME.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:data/pathways.db",
        global = true,
        hide_env_values = true
    )]
    pub(crate) database_url: String,
    /// How and how much to log.
    #[command(flatten)]
    pub(crate) log: Log,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How and how much to log. A log line never holds what a person typed.
#[derive(Clone, Debug, Args)]
pub(crate) struct Log {
    /// The shape of a log line.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t = LogFormat::Text, global = true)]
    pub(crate) log_format: LogFormat,
    /// What is logged, such as info or backend=debug,info.
    #[arg(long, env = "LOG_LEVEL", default_value = "info", global = true)]
    pub(crate) log_level: String,
}

/// The shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the website. Brings the tables up to date and loads the shipped catalogue first.
    Serve(Serve),
    /// Bring the tables of the database up to date.
    Migrate,
    /// Load the shipped catalogue, as `serve` does by itself.
    Seed,
    /// Read public data files into the database.
    Import {
        /// Whose files.
        #[command(subcommand)]
        files: Import,
    },
    /// Look at a file of rules and dates for one season.
    Rules {
        /// What to do with it.
        #[command(subcommand)]
        asked: Rules,
    },
    /// Let a district sign its own people in.
    Sso {
        /// What to do.
        #[command(subcommand)]
        asked: sso::Sso,
    },
    /// Let people in.
    User {
        /// What to do.
        #[command(subcommand)]
        asked: User,
    },
    /// Write the compiled catalogue, or the compiled timetables, of what is loaded.
    Catalogue(Catalogue),
    /// Check the database and print what it holds.
    Check,
    /// Look at the audit of who did and read what.
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        asked: Audit,
    },
    /// Write everything the database holds to a new file, while others go on writing.
    ///
    /// The file is a zip of one JSON-lines file for each table, the same for SQLite and PostgreSQL. It holds everything,
    /// so only its owner may read it: keep it as safe as the database.
    Backup(Backup),
    /// Make a database again from a backup: into a database that is new, or has its tables and nothing in them.
    ///
    /// A file that is damaged, or of a version with other tables, is refused, and nothing is written.
    Restore {
        /// The backup.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub(crate) struct Serve {
    /// The address to listen on; 0.0.0.0 is every address of this machine.
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    pub(crate) host: String,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub(crate) port: u16,
    /// A catalogue file to load instead of the one inside the program.
    #[arg(long, env = "CATALOGUE", value_name = "FILE")]
    pub(crate) catalogue: Option<PathBuf>,
    /// A file of rules and dates to use instead of the one inside the program; see `pathways rules check`.
    #[arg(long, env = "RULES", value_name = "FILE")]
    pub(crate) rules: Option<PathBuf>,
    /// Where the built site is: the WebAssembly, the style and the assets that `make build` leaves.
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site", value_name = "FOLDER")]
    pub(crate) site_root: PathBuf,
    /// The address people see, such as `https://pathways.example.org`. Links in mails and on papers begin with it: to
    /// be set when other machines can reach the server.
    #[arg(long, env = "ORIGIN", value_name = "URL")]
    pub(crate) origin: Option<String>,
    /// How many proxies of yours stand before the server. Each adds to X-Forwarded-For the address it was asked from,
    /// so the one that is counted back by this number is the visitor's; with 0 that header is ignored.
    #[arg(long, env = "PROXIES", default_value_t = 0, value_name = "NUMBER")]
    pub(crate) proxies: usize,
    /// How long a request may take, in seconds.
    #[arg(long, env = "REQUEST_TIMEOUT", default_value = "15", value_name = "SECONDS")]
    pub(crate) request_timeout: Seconds,
    /// How large the body of a request may be, in bytes.
    #[arg(long, env = "BODY_LIMIT", default_value_t = 65_536, value_name = "BYTES")]
    pub(crate) body_limit: usize,
    /// Where a roster that comes by a page waits between its preview and its import, for 45 minutes. Several servers
    /// of one database share this folder, or a proxy leads each person to the same one.
    #[arg(long, env = "UPLOADS", default_value = "data/uploads", value_name = "FOLDER")]
    pub(crate) uploads: PathBuf,
    /// The file of the key with which secrets of apps for codes are sealed; made if missing, for its owner alone.
    /// Several servers of one database share it. It stands in no backup: keep a copy elsewhere. Without the flag it
    /// stands beside an SQLite database, as data/pathways.key beside data/pathways.db.
    #[arg(long, env = "PATHWAYS_KEY_FILE", value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// How long the steps of a mentor's screening hold.
    #[command(flatten)]
    pub(crate) terms: Terms,
    /// Where mail goes: folder:PATH (each mail a file), smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST, which
    /// asks for encryption before it says anything. The mail server must show a certificate of an authority that this
    /// machine trusts, or of one in the file that SSL_CERT_FILE names.
    #[arg(
        long,
        env = "MAIL",
        default_value = "folder:data/mail",
        value_name = "WHERE",
        hide_env_values = true
    )]
    pub(crate) mail: String,
    /// Whom mail comes from, such as `Pathways <mail@pathways.example.org>`; a mail server needs it.
    #[arg(long, env = "MAIL_FROM", value_name = "ADDRESS")]
    pub(crate) mail_from: Option<String>,
    /// How often due mail is looked for, in seconds. So long may a mail that is sent at once have to wait.
    #[arg(long, env = "MAIL_EVERY", default_value = "15", value_name = "SECONDS")]
    pub(crate) mail_every: Seconds,
    /// Make made-up people, and let everybody walk as them from the sign-in page. Never on an address where real
    /// people sign in.
    #[arg(long, env = "DEMO")]
    pub(crate) demo: bool,
    /// Serve this many made-up schools instead of the database, to measure.
    #[arg(long, value_name = "SCHOOLS", hide = true)]
    pub(crate) synthetic: Option<usize>,
}

/// How long the steps of a mentor's screening hold, in months; 0 when there is no end. Confirm them with counsel.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "How long a mentor's steps hold, in months; 0 is no end. Confirm with counsel")]
pub(crate) struct Terms {
    /// A clearance: without an end, for the Department of Justice tells of later arrests.
    #[arg(long, env = "CLEARANCE_MONTHS", default_value_t = 0, value_parser = months(), value_name = "MONTHS")]
    clearance_months: u8,
    /// The training on seeing and reporting abuse.
    #[arg(long, env = "TRAINING_MONTHS", default_value_t = 12, value_parser = months(), value_name = "MONTHS")]
    training_months: u8,
    /// The agreement with the programme.
    #[arg(long, env = "AGREEMENT_MONTHS", default_value_t = 12, value_parser = months(), value_name = "MONTHS")]
    agreement_months: u8,
}

fn months() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(0..=60)
}

impl From<Terms> for screening::Terms {
    fn from(terms: Terms) -> Self {
        let ends = |months: u8| (months > 0).then_some(months);
        screening::Terms {
            cleared: ends(terms.clearance_months),
            trained: ends(terms.training_months),
            agreement: ends(terms.agreement_months),
        }
    }
}

/// A time span of 1 to 600 seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seconds(u64);

impl FromStr for Seconds {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let seconds = text.parse().ok().filter(|seconds| (1..=600).contains(seconds));
        seconds.map(Seconds).ok_or("a whole number of seconds from 1 to 600")
    }
}

impl From<Seconds> for Duration {
    fn from(seconds: Seconds) -> Self {
        Duration::from_secs(seconds.0)
    }
}

/// What to do with a file of rules.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Rules {
    /// Say what the file holds, or every line that is wrong and why.
    Check {
        /// The file, such as server/rules/los-angeles-2026-27.toml.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What to do with the audit.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Audit {
    /// Read the whole chain of lines, and name the first one that was changed, left out or put in.
    ///
    /// Note the mark that is printed somewhere else: given to `--mark` later, it shows that the chain was not written
    /// anew since.
    Verify {
        /// A mark of an earlier time.
        #[arg(long, value_name = "MARK")]
        mark: Option<Mark>,
    },
}

/// Where to write a backup.
#[derive(Clone, Debug, Args)]
pub(crate) struct Backup {
    /// A file that is not there yet, or a folder, in which the file is named by its time.
    #[arg(value_name = "FILE OR FOLDER")]
    pub(crate) to: PathBuf,
    /// Restore it at once into a database that is thrown away, and compare all rows.
    #[arg(long)]
    pub(crate) verify: bool,
}

/// Who to let in.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum User {
    /// Invite an adult: prints a link that works once, for 14 days, and sends it by mail. The first operator comes
    /// this way.
    Invite(InviteUser),
    /// Let an adult set up password and second step anew: prints a link that works once, for two days, and sends it
    /// by mail. For who lost all keys and has nobody else to ask.
    Reset(ResetUser),
}

/// Whose keys are set up anew.
#[derive(Clone, Debug, Args)]
pub(crate) struct ResetUser {
    /// Their e-mail address.
    #[arg(long)]
    pub(crate) email: String,
    /// The address people see, such as `https://pathways.example.org`.
    #[arg(long, env = "ORIGIN", default_value = "http://127.0.0.1:3000", value_name = "URL")]
    pub(crate) origin: String,
}

/// Whom to invite, as what.
#[derive(Clone, Debug, Args)]
pub(crate) struct InviteUser {
    /// The e-mail address.
    #[arg(long)]
    pub(crate) email: String,
    /// As what: mentor, teacher, staff, safety, ambassador, analyst or operator.
    #[arg(long, default_value = "operator", value_parser = role)]
    pub(crate) role: Role,
    /// Where, by its name or identifier; an operator needs none.
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: Option<String>,
    /// The language of the mail: en or es.
    #[arg(long, default_value = "en", value_parser = ["en", "es"])]
    pub(crate) language: String,
    /// The address people see, such as `https://pathways.example.org`.
    #[arg(long, env = "ORIGIN", default_value = "http://127.0.0.1:3000", value_name = "URL")]
    pub(crate) origin: String,
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_slug(text)
        .ok_or_else(|| "mentor, teacher, staff, safety, ambassador, analyst or operator".to_owned())
}

/// Where to write what is loaded.
#[derive(Clone, Debug, Args)]
pub(crate) struct Catalogue {
    /// The file to write schools to.
    #[arg(long, value_name = "FILE", required_unless_present = "network")]
    pub(crate) out: Option<PathBuf>,
    /// The file to write the imported timetables to.
    #[arg(long, value_name = "FILE")]
    pub(crate) network: Option<PathBuf>,
}

impl Log {
    /// Begins to log to standard error.
    pub(crate) fn begin(&self) {
        let level = EnvFilter::try_new(&self.log_level).unwrap_or_else(|_| EnvFilter::new("info"));
        // sqlx logs whole statements; their bound values stay out, but slow ones would still be noise.
        let level = if self.log_level.contains("sqlx") {
            level
        } else {
            "sqlx=warn"
                .parse()
                .map_or_else(|_| EnvFilter::new("info"), |directive| level.add_directive(directive))
        };
        let lines = tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr);
        match self.log_format {
            LogFormat::Text => lines.init(),
            LogFormat::Json => lines.json().init(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed_and_opens_with_what_an_operator_does() {
        Settings::command().debug_assert();
        let help = Settings::command().render_help().to_string();
        assert!(help.starts_with("Serve Pathways, the website"), "{help}");
    }
}
