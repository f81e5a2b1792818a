//! What can an operator set about the sign-in of a district?

use backend::people::sso::Prompt;
use clap::{Args, Subcommand};
use domain::people::Role;

/// Which organisations sign their own people in, by `OpenID` Connect.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Sso {
    /// Let the provider of an organisation sign its people in, in place of what was set before.
    ///
    /// Who is on a roster of the organisation comes in by an e-mail address that the provider vouches for. Who is invited
    /// there comes in, too, at an address of one of the domains given here. Others come in when the provider names one of
    /// the roles given here, and their address is of such a domain. Students are never made. Who has a password or a
    /// second factor of their own here signs in with it once, and connects the two.
    ///
    /// Roles that see students' records need a second factor. The provider says that it asked for one by the claim `amr`
    /// (RFC 8176); one that never says so, such as Google's, needs `--vouches-second-factor`.
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
    /// The e-mail domains whose people may be new here, such as `valley.example.org`. Without one, nobody new comes.
    #[arg(long, num_args = 1.., value_name = "DOMAIN")]
    pub(crate) domains: Vec<String>,
    /// You answer for it that this provider asks everybody for a second factor. Without it, who is not said to have
    /// shown one shows their own here.
    #[arg(long)]
    pub(crate) vouches_second_factor: bool,
    /// What the provider asks somebody who is signed in there already, since computers are shared: select-account (a
    /// choice of accounts), login (the password again, for providers that refuse the choice), or none.
    #[arg(long, default_value = "select-account", value_name = "WORD", value_parser = prompt)]
    pub(crate) prompt: Prompt,
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

fn prompt(text: &str) -> Result<Prompt, String> {
    Prompt::from_slug(text).ok_or_else(|| "write select-account, login or none".to_owned())
}

fn mapped(text: &str) -> Result<(String, Role), String> {
    let (word, role) = text.rsplit_once('=').filter(|(word, _)| !word.is_empty()).unwrap_or_default();
    let role = Role::from_slug(role).ok_or_else(|| "write it like principal=staff".to_owned())?;
    Ok((word.to_owned(), role))
}
