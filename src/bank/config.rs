//! A bank's configuration as it is written: JSON. The published schema is made from these types; every field may be
//! left out.

use serde::Deserialize;
use std::collections::BTreeMap;

/// What a bank or an acquirer adds to POS Aid: its name, hotlines, links, colours and words, and what it leaves out.
/// What POS Aid says about money, cards and dangers stays as it is.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where this schema lies, for editors.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// 1. A later version that means something else gets another number.
    pub version: u32,
    /// Whose configuration this is. It stands on the start page and above everything that is added.
    pub name: Both,
    /// Telephone numbers. They are shown where somebody is to call, with the advice to compare them with the printed
    /// one.
    pub hotlines: Vec<Hotline>,
    /// Pages of yours.
    pub links: Vec<Link>,
    pub look: Look,
    /// The places that stand first where somebody chooses whose card or which shop it is: `cn`, `hk`, `uk`, … or an
    /// ISO 3166 code. None for all alike.
    pub jurisdictions: Vec<String>,
    pub topics: Topics,
    /// Words of ours replaced, or notes added, by where they stand: `complaints.ID.name`, `complaints.ID.hint`,
    /// `causes.ID.name`, `causes.ID.what`, `causes.ID.note` (added), `ui.KEY` for some keys.
    pub texts: BTreeMap<String, Both>,
    /// Messages of your terminals that POS Aid does not know.
    pub messages: Vec<Message>,
    /// Response codes of your host.
    pub codes: Vec<Code>,
}

/// A text in both languages. Both say the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Both {
    pub en: String,
    #[serde(rename = "zh-CN")]
    pub zh: String,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Hotline {
    /// Who is to call it: `cardholder`, `staff`; both if left out.
    #[serde(rename = "for")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::bank::schema::roles"))]
    pub roles: Vec<String>,
    pub label: Both,
    /// Digits, spaces, `+`, `-` and brackets.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[+0-9 ()-]{3,24}$")))]
    pub number: String,
    /// When somebody answers.
    pub hours: Both,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Link {
    /// Who is to see it: `cardholder`, `staff`; both if left out.
    #[serde(rename = "for")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::bank::schema::roles"))]
    pub roles: Vec<String>,
    pub label: Both,
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^https://")))]
    pub url: String,
}

/// Colours and corners. Colours of danger and success are not yours to set: they have one meaning everywhere.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    pub light: Colours,
    pub dark: Colours,
    /// Of corners, in CSS pixels, 0 to 24.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 24)))]
    pub radius: Option<u32>,
}

/// Colours as `#rrggbb`; one that is left out is ours. Texts need a contrast of 4.5 to what is behind them, lines and
/// the focus 3 (WCAG 2.2, 1.4.3 and 1.4.11).
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Colours {
    /// Behind everything.
    pub paper: Option<String>,
    /// Behind choices and panels.
    pub surface: Option<String>,
    /// Text.
    pub ink: Option<String>,
    /// Small text.
    pub muted: Option<String>,
    /// Borders.
    pub line: Option<String>,
    /// Links and buttons.
    pub act: Option<String>,
    /// Text on buttons.
    pub on_act: Option<String>,
    /// Around what has the focus.
    pub focus: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Topics {
    /// Ids of complaints that the start page and the search leave out, or `guides` for the way to the guides. Those
    /// that protect from danger stay.
    pub hide: Vec<String>,
    /// Ids of complaints that stand first, in this order.
    pub first: Vec<String>,
}

/// Words on a terminal's screen.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Message {
    /// Small letters, digits and `-`. Links name it, so it stays what it is.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$")))]
    pub id: String,
    /// As on the screen, in any language.
    pub says: Vec<String>,
    pub meaning: Both,
    /// The first thing to do.
    pub first: Both,
    /// Ids of the causes that it can mean at all.
    pub causes: Vec<String>,
    /// Whether money may have moved: `unlikely`, `maybe`, `likely`; `maybe` if left out.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::bank::schema::money"))]
    pub money: String,
    /// Where it is written: a manual, a page.
    pub source: String,
    /// The day on which somebody looks at it again, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$")))]
    pub review: String,
}

/// A response code of your host. It stands beside what other tables say of the same code.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Code {
    /// As on the slip: letters and digits.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[A-Za-z0-9]{1,8}$")))]
    pub code: String,
    pub meaning: Both,
    /// What your host said with it.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::bank::schema::result"))]
    pub result: String,
    /// When the same card may be tried again. Where the result is open: `after-query`.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::bank::schema::retry"))]
    pub retry: String,
    /// Who acts.
    #[cfg_attr(feature = "schema", schemars(schema_with = "crate::bank::schema::actors"))]
    pub who: Vec<String>,
    /// The id of the sentence that staff show or say.
    pub say: String,
    /// Ids of the causes that it can mean.
    pub causes: Vec<String>,
    /// Where it is written.
    pub source: String,
    /// The day on which somebody looks at it again, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$")))]
    pub review: String,
}
