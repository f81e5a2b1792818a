//! Turns the files of sentences into one method for each sentence, so that a missing or misspelt key, or a
//! placeholder that one language forgot, fails the build.
//!
//! A line is `name = sentence`. `{word}` in a sentence is a placeholder and becomes an argument (by alphabet, so that
//! rewording does not move them). A name that ends in
//! `.one` has a twin in `.other`; together they become one method that takes a count and fills `{n}` with it. In the
//! tables a placeholder stands as its number, so that a method hands over nothing but its values.
//!
//! A folder is a part: `first` is for every page, `rooms` for the pages that the browser fetches only when they are
//! entered, `server` for those that only the server draws. Each part makes tables and a type of its own,
//! so that a page that uses a sentence it will not have does not compile.

#![expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

type Sentences = BTreeMap<String, String>;

/// The parts, each a folder: the type whose methods its sentences become, and how its statics are called.
const PARTS: [(&str, &str, &str); 3] =
    [("first", "Text", ""), ("rooms", "RoomText", "ROOM_"), ("server", "ServerText", "SERVER_")];

/// The type that the browser's program does not have.
const NATIVE: &str = "ServerText";

fn main() {
    let folder = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let [en, es] = ["en", "es"].map(|lang| PARTS.map(|(part, ..)| read(&folder.join(part), lang)));
    let mut wrong = Vec::new();
    for (en, es) in en.iter().zip(&es) {
        compare(en, es, &mut wrong);
    }
    let mut seen = BTreeSet::new();
    for name in en.iter().flat_map(BTreeMap::keys).filter(|name| !seen.insert(*name)) {
        wrong.push(format!("`{name}` stands in two parts"));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    let code: Vec<_> =
        PARTS.iter().enumerate().map(|(at, part)| generate(part.1, part.2, &en[at], &es[at])).collect();
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it")).join("sentences.rs");
    std::fs::write(out, code.concat()).expect("OUT_DIR can be written");
}

/// Notes what one language has and the other has not.
fn compare(en: &Sentences, es: &Sentences, wrong: &mut Vec<String>) {
    for name in en.keys().chain(es.keys()).collect::<BTreeSet<_>>() {
        match (en.get(name), es.get(name)) {
            (Some(english), Some(spanish)) if holes(english) != holes(spanish) => {
                wrong.push(format!("`{name}` has other placeholders in Spanish than in English"));
            }
            (Some(_), Some(_)) => {}
            (None, _) => wrong.push(format!("`{name}` is missing in English, or stands in another part")),
            (_, None) => wrong.push(format!("`{name}` is missing in Spanish, or stands in another part")),
        }
        let twin = match name.rsplit_once('.') {
            Some((stem, "one")) => Some(format!("{stem}.other")),
            Some((stem, "other")) => Some(format!("{stem}.one")),
            _ => None,
        };
        if let Some(twin) = twin
            && !en.contains_key(&twin)
        {
            wrong.push(format!("`{name}` stands without `{twin}`"));
        }
    }
}

/// The sentences of one part in one language: all files of its folder that end in `.en.txt`, or in `.es.txt`.
fn read(folder: &Path, lang: &str) -> Sentences {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let ending = format!(".{lang}.txt");
    let mut sentences = Sentences::new();
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if path.to_string_lossy().ends_with(&ending) {
            read_file(&path, &mut sentences);
        }
    }
    sentences
}

fn read_file(path: &Path, sentences: &mut Sentences) {
    println!("cargo::rerun-if-changed={}", path.display());
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let at = format!("{}:{}", path.display(), number + 1);
        let (name, sentence) = line.split_once('=').unwrap_or_else(|| panic!("{at}: no `=`"));
        let (name, sentence) = (name.trim(), sentence.trim());
        assert!(!sentence.is_empty(), "{at}: `{name}` is empty");
        let before = sentences.insert(name.to_owned(), sentence.to_owned());
        assert!(before.is_none(), "{at}: `{name}` stands twice");
    }
}

fn holes(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The placeholders of a sentence and of its twin: the count, if there is one, then the others by alphabet.
fn arguments<'a>(en: &'a Sentences, name: &str) -> Vec<&'a str> {
    let Some((stem, "one" | "other")) = name.rsplit_once('.') else {
        return holes(&en[name]).into_iter().collect();
    };
    let mut all = holes(&en[&format!("{stem}.one")]);
    all.extend(holes(&en[&format!("{stem}.other")]));
    all.remove("n");
    std::iter::once("n").chain(all).collect()
}

/// A sentence with the numbers of its placeholders instead of their names.
fn numbered(sentence: &str, arguments: &[&str]) -> String {
    assert!(arguments.len() <= 10, "a placeholder has one digit: {sentence}");
    let number = |sentence: String, (at, name): (usize, &&str)| {
        sentence.replace(&format!("{{{name}}}"), &format!("{{{at}}}"))
    };
    arguments.iter().enumerate().fold(sentence.to_owned(), number)
}

fn generate(type_name: &str, prefix: &str, en: &Sentences, es: &Sentences) -> String {
    let mut out = String::new();
    let lines = |sentences: &Sentences| {
        let numbered = |(name, sentence): (&String, &String)| {
            format!("    {:?},\n", numbered(sentence, &arguments(en, name)))
        };
        sentences.iter().map(numbered).collect::<Vec<_>>().concat()
    };
    writeln!(
        out,
        "/// How many sentences [`{type_name}`] has.\npub const {prefix}SENTENCES: usize = {};",
        en.len()
    )
    .expect("a String");
    for (name, sentences) in [("EN", en), ("ES", es)] {
        write!(
            out,
            "#[cfg(not(target_arch = \"wasm32\"))]\nstatic {prefix}{name}: [&str; {prefix}SENTENCES] = [\n{}];\n",
            lines(sentences)
        )
        .expect("a String");
    }
    if type_name == NATIVE {
        out.push_str("#[cfg(not(target_arch = \"wasm32\"))]\n");
    }
    writeln!(out, "impl {type_name} {{").expect("a String");
    for (at, (name, sentence)) in en.iter().enumerate() {
        let stem = match name.rsplit_once('.') {
            Some((_, "other")) => continue,
            Some((stem, "one")) => Some(stem),
            _ => None,
        };
        let method = stem.unwrap_or(name).replace(['.', '-'], "_");
        let arguments = arguments(en, name);
        writeln!(out, "    /// {}", sentence.replace('`', "'")).expect("a String");
        let given = &arguments[usize::from(stem.is_some())..];
        let parameters = given.iter().map(|a| format!(", {a}: &str")).collect::<Vec<_>>().concat();
        let values = given.join(", ");
        // `.one` and `.other` are neighbours in the sorted table, with nothing between them.
        if stem.is_some() {
            writeln!(
                out,
                "    pub fn {method}(self, n: usize{parameters}) -> String {{ \
                 fill(self.lines[if n == 1 {{ {at} }} else {{ {} }}], &[&number(n), {values}]) }}",
                at + 1
            )
        } else if arguments.is_empty() {
            writeln!(out, "    pub fn {method}(self) -> &'static str {{ self.lines[{at}] }}")
        } else {
            writeln!(
                out,
                "    pub fn {method}(self{parameters}) -> String {{ fill(self.lines[{at}], &[{values}]) }}"
            )
        }
        .expect("a String");
    }
    out.push_str("}\n");
    out
}
