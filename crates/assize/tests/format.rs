//! The formatter on the schemes of real regulations, which lie beside the workspace's crates; in
//! a packaged crate there are none.

use std::path::{Path, PathBuf};

use assize::syntax::{Keywords, format_checked, parse, same_meaning};
use assize::text::Limits;

fn schemes() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemes");
    let in_folder = |folder: &Path| {
        let files = std::fs::read_dir(folder).into_iter().flatten();
        files.filter_map(|file| Some(file.ok()?.path()))
    };
    let mut files: Vec<PathBuf> = in_folder(&folder)
        .flat_map(|slug| in_folder(&slug))
        .collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "scheme")
    });
    files.sort();
    files
}

#[test]
fn every_scheme_goes_into_the_other_language_and_back() {
    let limits = Limits::default();
    for file in schemes() {
        let written = std::fs::read_to_string(&file).unwrap();
        let into = |text: &str, keywords| {
            format_checked(text, &limits, keywords)
                .unwrap_or_else(|error| panic!("{}: {error:?}", file.display()))
        };
        let english = into(&written, Keywords::English);
        let chinese = into(&written, Keywords::Chinese);
        assert_eq!(
            into(&chinese, Keywords::English),
            english,
            "{}",
            file.display()
        );
        assert_eq!(
            into(&english, Keywords::Chinese),
            chinese,
            "{}",
            file.display()
        );
        let kept = into(&written, Keywords::Keep);
        let trees = [&written, &kept, &english, &chinese].map(|text| parse(text, &limits).tree);
        assert!(
            trees.iter().all(|tree| same_meaning(&trees[0], tree)),
            "{}",
            file.display()
        );
    }
}
