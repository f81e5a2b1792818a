//! What does a form say?

/// A form's fields, in the order of the page.
pub(super) type Fields = Vec<(String, String)>;

/// Reads a form. What is not UTF-8 or badly escaped is read as far as it goes; all of it is checked later.
pub(super) fn fields(form: &[u8]) -> Fields {
    form_urlencoded::parse(form).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// The first field of this name.
pub(super) fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}
