"""The `klantbeeld` command, one small file per group of subcommands."""
