//! What one claim rests on: the situation and places that were chosen, with the rules that were loaded for
//! them.

use super::{Desk, Loaded};
use crate::rights::{Part, parts};
use crate::route::Asked;
use rulebase::{ClaimFile, Date, Holder, Lang, Place, PlaceFile, Role, Situation};

pub struct Claimed<'a> {
    pub file: &'a ClaimFile,
    pub situation: Situation,
    pub issued: Option<Place>,
    pub shop: Option<Place>,
    pub holder: Holder,
    pub parts: Vec<Part<'a>>,
    pub files: Vec<&'a PlaceFile>,
    /// The rules of a place did not come.
    pub missing: bool,
}

impl<'a> Claimed<'a> {
    /// `None` as long as something was not chosen or has not come.
    pub fn of(
        desk: &'a Desk,
        asked: &Asked,
        lang: Lang,
        role: Role,
        today: Date,
    ) -> Option<Claimed<'a>> {
        let Loaded::Here(file) = desk.claims(lang) else { return None };
        let (situation, issued, shop) = (asked.situation?, asked.issued?, asked.shop?);
        let mut missing = false;
        let mut loaded = |place: Option<Place>| -> Option<Option<&'a PlaceFile>> {
            let Some(place) = place else { return Some(None) };
            match desk.place(place, lang) {
                Loaded::Here(file) => Some(Some(file)),
                Loaded::Missing => {
                    missing = true;
                    Some(None)
                }
                Loaded::Coming => None,
            }
        };
        let (issued_in, shop_in, net) = (loaded(issued)?, loaded(shop)?, loaded(Some(Place::Net))?);
        let holder = match role {
            Role::Cardholder => Holder::Cardholder,
            Role::Staff => Holder::Merchant,
        };
        let of = |file: Option<&'a PlaceFile>| file.map(|f| &f.rights);
        let sound = desk.facts.sound(today);
        let way = (situation, file.claims.first(situation));
        let parts = parts(of(issued_in), of(shop_in), of(net), holder, way, &sound);
        let files = [issued_in, shop_in, net].into_iter().flatten().collect();
        Some(Claimed { file, situation, issued, shop, holder, parts, files, missing })
    }

    /// The file that a part comes from.
    pub fn file_of(&self, place: Place) -> &'a PlaceFile {
        let found = self.files.iter().find(|f| f.rights.place == place);
        found.expect("a part comes from a file that is here")
    }
}
