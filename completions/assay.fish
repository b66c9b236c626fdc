# fish completion for assay

function __assay_rules
    assay rules 2>/dev/null | string replace -r '^(\S+)\s+\S+\s+' '$1\t'
end

complete -c assay -n __fish_use_subcommand -f -a scan -d 'Judge packages by their bytes'
complete -c assay -n __fish_use_subcommand -f -a rules -d 'List the rules'
complete -c assay -n __fish_use_subcommand -f -a explain -d 'Tell why a rule matters'
complete -c assay -n __fish_use_subcommand -f -a doctor -d 'Check that this assay works'
complete -c assay -n __fish_use_subcommand -l version -d 'Show version and ruleset'
complete -c assay -l help -d 'Show what is possible'

set -l scan '__fish_seen_subcommand_from scan'
complete -c assay -n $scan -l each -d 'Each archive and sub-folder of a folder is a target'
complete -c assay -n $scan -l format -x -a 'text json jsonl sarif' -d 'How to report'
complete -c assay -n $scan -s o -l output -r -d 'Write the report to a file'
complete -c assay -n $scan -l fail-on -x -a 'review block never' -d 'Exit with 1 from'
complete -c assay -n $scan -l exit-zero -d 'Exit with 0 once the report is written'
complete -c assay -n $scan -s j -l jobs -x -d 'Packages examined at once'
complete -c assay -n $scan -l all-files -d 'pypi: every file of a release'
complete -c assay -n $scan -l offline -d 'Fetch nothing'
complete -c assay -n $scan -l config -r -d 'Settings from this file'
complete -c assay -n $scan -s q -l quiet -d 'Only what is not clean'
complete -c assay -n $scan -l no-color -d 'No colour'
complete -c assay -n '__fish_seen_subcommand_from rules' -l format -x -a 'text json' -d 'How to list'
complete -c assay -n '__fish_seen_subcommand_from explain' -f -a '(__assay_rules)'
