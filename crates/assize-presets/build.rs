//! Lists the folders of `schemes/` for the crate, so that a folder is a preset by being there.
//!
//! A folder holds `SLUG.scheme` and `source.md`, and where there is something to score also
//! `cases.jsonl`, `sample.csv`, `empty.csv`, and for rows in tables of their own
//! `sample-LIST.csv` and `empty-LIST.csv`. What the files say is not looked at.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let schemes = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("schemes");
    println!("cargo::rerun-if-changed={}", schemes.display());
    let folders = names(&schemes)?;
    let mut list = format!("static PRESETS: [Preset; {}] = [\n", folders.len());
    for slug in folders {
        let folder = schemes.join(&slug);
        println!("cargo::rerun-if-changed={}", folder.display());
        let files = names(&folder)?;
        let text = |name: &str| format!("include_str!({:?})", folder.join(name));
        let optional = |name: &str| {
            if files.iter().any(|file| file == name) {
                format!("Some({})", text(name))
            } else {
                "None".to_owned()
            }
        };
        let lists = |before: &str| {
            let tables = files.iter().filter_map(|file| {
                let list = file.strip_prefix(before)?.strip_suffix(".csv")?;
                Some(format!("({list:?}, {})", text(file)))
            });
            format!("&[{}]", tables.collect::<Vec<_>>().join(", "))
        };
        writeln!(
            list,
            "    Preset {{ slug: {slug:?}, scheme: {}, source: {}, cases: {}, sample: {}, \
             sample_lists: {}, empty: {}, empty_lists: {}, facts: OnceLock::new(), \
             checked: OnceLock::new() }},",
            text(&format!("{slug}.scheme")),
            text("source.md"),
            optional("cases.jsonl"),
            optional("sample.csv"),
            lists("sample-"),
            optional("empty.csv"),
            lists("empty-"),
        )?;
    }
    list.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    Ok(fs::write(out.join("presets.rs"), list)?)
}

/// What a folder holds, in order.
fn names(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_str().ok_or("a name that is not UTF-8")?;
        if !name.starts_with('.') {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}
