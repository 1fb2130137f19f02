//! Reading a sentence aloud, only with a voice that is on the device: others send the text away.

use super::document;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

thread_local! {
    /// Whether this app has said anything since it was stopped last.
    static SPEAKS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Shows the button where the sentence has a voice, and hides it where it has none.
pub fn offer(button: &str, text: &str) {
    let Some(button) = document::element(button) else { return };
    let voice = document::element(text).and_then(|t| voice(&t.lang()));
    button.set_hidden(voice.is_none());
}

/// Reads the text of an element aloud; speaks nothing if there is no voice for it.
pub fn speak(text: &str) {
    let Some(element) = document::element(text) else { return };
    let (Some(synthesis), Some(voice)) = (synthesis(), voice(&element.lang())) else { return };
    let words = element.text_content().unwrap_or_default();
    let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&words) else { return };
    utterance.set_voice(Some(&voice));
    utterance.set_lang(&voice.lang());
    // Slow enough for a noisy shop.
    utterance.set_rate(0.9);
    synthesis.cancel();
    synthesis.speak(&utterance);
    SPEAKS.set(true);
}

/// Stops reading: the sentence is not on the screen any more. What a page around this app reads aloud goes on.
pub fn stop() {
    if let Some(synthesis) = synthesis().filter(|_| SPEAKS.take()) {
        synthesis.cancel();
    }
}

/// Calls back when the device's voices are there: most browsers load them late.
pub fn on_voices(mut run: impl FnMut() + 'static) -> Option<EventListener> {
    let synthesis = synthesis()?;
    Some(EventListener::new(&synthesis, "voiceschanged", move |_| run()))
}

/// Whether the browser can speak at all. Some leave the object out, some leave it empty.
fn synthesis() -> Option<SpeechSynthesis> {
    let synthesis = web_sys::window()?.speech_synthesis().ok()?;
    (!synthesis.is_undefined() && !synthesis.is_null()).then_some(synthesis)
}

fn voice(lang: &str) -> Option<SpeechSynthesisVoice> {
    let short = lang.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let voices = synthesis()?.get_voices();
    let local = voices
        .iter()
        .map(|v| v.unchecked_into::<SpeechSynthesisVoice>())
        .filter(|v| v.local_service())
        .filter(|v| {
            v.lang().to_ascii_lowercase().replace('_', "-").split('-').next() == Some(&short)
        });
    // The very region first: a Cantonese voice reads Mandarin badly.
    let exact = |v: &SpeechSynthesisVoice| v.lang().replace('_', "-").eq_ignore_ascii_case(lang);
    local.fold(None, |best, v| if best.is_none() || exact(&v) { Some(v) } else { best })
}
