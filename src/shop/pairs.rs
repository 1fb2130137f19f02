//! A small map: few entries, little code. A `BTreeMap` for each of the shop's notes was 20 KB of its module.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pairs<K, T>(Vec<(K, T)>);

impl<K, T> Default for Pairs<K, T> {
    fn default() -> Pairs<K, T> {
        Pairs(Vec::new())
    }
}

impl<K: PartialEq, T> Pairs<K, T> {
    pub fn get<Q: ?Sized>(&self, key: &Q) -> Option<&T>
    where
        K: PartialEq<Q>,
    {
        self.0.iter().find(|p| p.0 == *key).map(|p| &p.1)
    }

    pub fn insert(&mut self, key: K, value: T) {
        match self.0.iter_mut().find(|p| p.0 == key) {
            Some(known) => known.1 = value,
            None => self.0.push((key, value)),
        }
    }

    pub fn remove<Q: ?Sized>(&mut self, key: &Q)
    where
        K: PartialEq<Q>,
    {
        self.0.retain(|p| p.0 != *key);
    }

    pub fn retain(&mut self, keep: impl Fn(&K) -> bool) {
        self.0.retain(|p| keep(&p.0));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|p| &p.0)
    }

    pub fn into_pairs(self) -> Vec<(K, T)> {
        self.0
    }
}
