//! What can an operator set about the sign-in of a district?

use clap::{Args, Subcommand};
use domain::people::Role;

/// Which organisations sign their own people in, by `OpenID` Connect.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Sso {
    /// Let the provider of an organisation sign its people in, in place of what was set before.
    ///
    /// Who is on a roster of the organisation, or invited there, comes in by an e-mail address that the provider
    /// vouches for. Others come in when the provider names one of the roles given here. Students are never made.
    Set(Set),
    /// Sign its people in here again.
    Remove {
        /// The organisation, by its name or identifier.
        #[arg(long, value_name = "NAME")]
        organisation: String,
    },
    /// Print those that sign their own people in.
    List,
}

/// Whose provider, and what its words mean.
#[derive(Clone, Args)]
pub(crate) struct Set {
    /// The organisation, by its name or identifier.
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: String,
    /// The provider, exactly as it writes itself: `https://login.example.org`.
    #[arg(long, value_name = "URL")]
    pub(crate) issuer: String,
    /// What the provider calls Pathways.
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: String,
    /// What Pathways proves that with. The variable keeps it out of the list of processes.
    #[arg(long, env = "SSO_CLIENT_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub(crate) client_secret: String,
    /// The claim that names roles: a word, or a list of words.
    #[arg(long, default_value = "roles", value_name = "CLAIM")]
    pub(crate) role_claim: String,
    /// What a word of that claim means here: staff, safety or analyst of a district; teacher, staff or safety of a
    /// school.
    #[arg(long, num_args = 1.., value_name = "WORD=ROLE", value_parser = mapped)]
    pub(crate) map: Vec<(String, Role)>,
    /// The address people see, such as `https://pathways.example.org`.
    #[arg(long, env = "ORIGIN", default_value = "http://127.0.0.1:3000", value_name = "URL")]
    pub(crate) origin: String,
}

/// The secret stays out of every log.
impl std::fmt::Debug for Set {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Set").field("organisation", &self.organisation).finish_non_exhaustive()
    }
}

fn mapped(text: &str) -> Result<(String, Role), String> {
    let (word, role) = text.rsplit_once('=').filter(|(word, _)| !word.is_empty()).unwrap_or_default();
    let role = Role::from_slug(role).ok_or_else(|| "write it like principal=staff".to_owned())?;
    Ok((word.to_owned(), role))
}
