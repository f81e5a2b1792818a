# What a built server must be told of the site folder: the same words as in Cargo.toml's leptos section. Source it.

LEPTOS_SITE_ROOT=$(target_dir)/site
export LEPTOS_SITE_ROOT
