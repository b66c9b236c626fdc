# bash completion for assay

_assay() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      scan | vet | names | db | rules | explain | doctor) command=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $command:$before in
    scan:--format | vet:--format) COMPREPLY=($(compgen -W 'text json jsonl sarif' -- "$word")); return ;;
    rules:--format) COMPREPLY=($(compgen -W 'text json' -- "$word")); return ;;
    names:--format) COMPREPLY=($(compgen -W 'text jsonl' -- "$word")); return ;;
    names:--ecosystem) COMPREPLY=($(compgen -W 'npm pypi' -- "$word")); return ;;
    names:--fail-on) COMPREPLY=($(compgen -W 'review block never' -- "$word")); return ;;
    db:--npm | db:--pypi | names:-o | names:--output)
      compopt -o filenames
      COMPREPLY=($(compgen -f -- "$word")); return ;;
    scan:--fail-on | vet:--fail-on) COMPREPLY=($(compgen -W 'review block never' -- "$word")); return ;;
    scan:-j | scan:--jobs | vet:-j | vet:--jobs) return ;;
    *:--yara | *:--house-rules | *:--config)
      compopt -o filenames
      COMPREPLY=($(compgen -f -- "$word"))
      return ;;
  esac
  case $command in
    '') COMPREPLY=($(compgen -W 'scan vet names db rules explain doctor --help --version' -- "$word")) ;;
    scan)
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '--each --format --output --fail-on --exit-zero --jobs --all-files
          --surface --yara --house-rules --offline --no-cache --config --quiet --verbose --no-color
          --help' -- "$word"))
      else
        compopt -o filenames
        COMPREPLY=($(compgen -f -- "$word"))
      fi ;;
    vet)
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '--format --output --fail-on --exit-zero --jobs --offline --no-repository
          --config --yara --house-rules --quiet --no-color --help' -- "$word"))
      else
        compopt -o filenames
        COMPREPLY=($(compgen -f -- "$word"))
      fi ;;
    names) COMPREPLY=($(compgen -W '--ecosystem --format --output --fail-on --quiet --help' -- "$word")) ;;
    db)
      compopt -o filenames
      COMPREPLY=($(compgen -W 'names update status --npm --pypi --help' -- "$word")
        $(compgen -f -- "$word")) ;;
    rules) COMPREPLY=($(compgen -W '--format --yara --house-rules --config --help' -- "$word")) ;;
    explain) COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" rules 2>/dev/null | cut -d' ' -f1)" -- "$word")) ;;
    doctor) COMPREPLY=($(compgen -W '--help' -- "$word")) ;;
  esac
}
complete -F _assay assay
