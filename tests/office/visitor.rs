//! Somebody in the office, without a browser.

use pos_aid::node::to_html;
use pos_aid::office::{Effect, Now, Office, Sheet, Visit};
use pos_aid::probe::known::{self, Known};
use rulebase::read::Reading;
use rulebase::{ClaimFile, Date, GuideFile, Lang, PlaceFile, ProbeFile, Word};
use std::path::Path;
use std::sync::LazyLock;

pub static READING: LazyLock<Reading> =
    LazyLock::new(|| rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))));

pub const TODAY: Date = Date { year: 2026, month: 11, day: 22 };
/// 22 November 2026, 12:00 UTC.
pub const NOON: u64 = 1_795_348_800_000;
pub const NOW: Now = Now { today: TODAY, minute: 720, ms: NOON };

pub const UK: &str = "#/en/cardholder/rights/unauthorised/uk/uk";

/// What is known of devices.
fn devices() -> Known {
    known::compile(
        include_str!("../../devices/usb_names.tsv"),
        include_str!("../../devices/usb_vendors.tsv"),
        include_str!("../../devices/ccid_readers.tsv"),
    )
}

/// Every file that it may ask for, by its name.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (language, (_, tag)) in Lang::ALL.iter().enumerate() {
        for (rights, words) in READING.rights.iter().zip(&READING.rights_words[language]) {
            let file = PlaceFile { rights: rights.clone(), words: words.clone() };
            files.push((format!("rights-{}-{tag}.bin", rights.place.spelled()), file.to_bytes()));
        }
        let other = &READING.claim_words[1 - language];
        let file = ClaimFile {
            claims: READING.claims.clone(),
            words: READING.claim_words[language].clone(),
            other: other.letters.clone(),
        };
        files.push((format!("claims-{tag}.bin"), file.to_bytes()));
        let file = GuideFile {
            guides: READING.guides.clone(),
            words: READING.guide_words[language].clone(),
            other: READING.guide_words[1 - language].sentences.clone(),
        };
        files.push((format!("guides-{tag}.bin"), file.to_bytes()));
        let findings = READING.findings.clone();
        let file = ProbeFile { findings, words: READING.probe_words[language].clone() };
        files.push((format!("probe-{tag}.bin"), file.to_bytes()));
    }
    files.push(("devices.bin".into(), devices().to_bytes()));
    files
}

pub struct Visitor {
    pub office: Office,
    pub files: Vec<(String, Vec<u8>)>,
}

impl Visitor {
    pub fn new() -> Visitor {
        let files = files();
        let shelf: String = files.iter().map(|f| format!("{0} {0}\n", f.0)).collect();
        let mut office = Office::open(&READING.base.to_bytes(), &shelf, "https://example.org/")
            .expect("our own rules");
        for words in &READING.words {
            office.add_words(&words.to_bytes()).expect("our own words");
        }
        Visitor { office, files }
    }

    /// Comes to a place and waits until all that it wants is there.
    pub fn goes(&mut self, fragment: &str) -> Sheet {
        let visit = Visit { fragment: fragment.into(), notice: None, case: None };
        loop {
            let sheet = self.office.show(&visit, NOW).expect("there are words");
            if sheet.wants.is_empty() {
                return sheet;
            }
            for (name, _) in &sheet.wants {
                let file = self.files.iter().find(|f| f.0 == *name).expect("it lies on the shelf");
                self.office.give(name, Some(&file.1));
            }
        }
    }

    pub fn sees(&mut self, fragment: &str) -> String {
        to_html(&self.goes(fragment).body)
    }

    pub fn tells(&mut self, fields: &[(&str, &str)]) -> Vec<Effect> {
        fields.iter().flat_map(|(field, text)| self.office.told(field, text, NOW)).collect()
    }

    /// The file that a button saves.
    pub fn saves(&mut self, button: &str) -> Option<(String, String)> {
        self.office.act(button, NOW).into_iter().find_map(|e| match e {
            Effect::Save { name, text, .. } => Some((name, text)),
            _ => None,
        })
    }
}
