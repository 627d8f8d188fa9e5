//! `test --generate`: examples for the edges of a scheme, which a person must confirm.

use assize::trial::boundaries;

use super::{Verdict, Voice, draft_of};
use crate::arguments::TestArguments;
use crate::failure::Failure;
use crate::readings::Readings;
use crate::schemes::{self, Library};
use crate::words::words;
use crate::write::{Destination, write_whole};

/// Writes examples for schemes.
pub(super) fn run(arguments: &TestArguments, voice: Voice) -> Result<Verdict, Failure> {
    let library = Library::default();
    let texts = schemes::all(&arguments.paths)?;
    let several = texts.len() > 1;
    let mut whole = String::new();
    let mut invalid = 0_usize;
    for text in &texts {
        let Some((_, draft)) = draft_of(text, &library, &Readings::default(), voice)? else {
            invalid = invalid.saturating_add(1);
            continue;
        };
        let found = boundaries(&draft);
        if several {
            whole.push_str(&format!("# {}\n", text.name));
        }
        whole.push_str(&found.to_text());
        let name = &text.name;
        let (cases, unreached) = (found.cases.len(), found.unreached.len());
        voice.tell(&words!(
            "{name}: {cases} examples written, to be confirmed by a person; {unreached} edges not reached",
            "{name}：写出 {cases} 个算例，须由人核对；{unreached} 处未能触及"
        ));
    }
    if !whole.is_empty() {
        write_whole(Destination::of_argument(arguments.output.clone()), &whole)?;
    }
    if invalid > 0 {
        return Err(Failure::InvalidSchemes { count: invalid });
    }
    Ok(Verdict::Clean)
}
