//! Opens the bench's page in the browser that `POS_AID_ENGINE` names and prints what it measured.

use browser_tests::{Wishes, play};

fn main() {
    let folder = std::env::var_os("POS_AID_BENCH").expect("run it with cargo xtask bench").into();
    play(
        Wishes { dist: Some(folder), errors_expected: true, ..Wishes::default() },
        async |stage| {
            stage.driver.goto(stage.address.clone()).await?;
            stage
                .until(
                    "the figures are there",
                    "return document.getElementById('out').innerText !== ''",
                )
                .await?;
            println!("in WASM, {:?}", stage.engine());
            println!("{}", stage.script("return document.getElementById('out').innerText").await?);
            stage.slow_down(4).await?;
            println!("look-up, on a processor slowed down four times");
            println!("{}", stage.script("return search()").await?);
            Ok(())
        },
    );
}
