# bash completion for regime, made by `regime --completion`
_regime_models() {
  regime list --json 2>/dev/null | sed -n 's/^ *"name": "\(.*\)",*$/\1/p'
}
_regime() {
  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" options words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "list new check show run steady branch portrait sensitivity fit plot rerun --help --version" -- "$word")); return
  fi
  case "$before" in
    --method) COMPREPLY=($(compgen -W "bdf adams" -- "$word")); return ;;
    --linear) COMPREPLY=($(compgen -W "auto dense sparse" -- "$word")); return ;;
    --as) COMPREPLY=($(compgen -W "discrete" -- "$word")); return ;;
    --rule) COMPREPLY=($(compgen -W "euler midpoint" -- "$word")); return ;;
    --format) COMPREPLY=($(compgen -W "png svg pdf" -- "$word")); return ;;
    --loss) COMPREPLY=($(compgen -W "squares huber cauchy" -- "$word")); return ;;
    --leave-out) COMPREPLY=($(compgen -W "member period" -- "$word")); return ;;
  esac
  case "${COMP_WORDS[1]}" in
    list) options="--json --help" ;;
    new) options="--json --help" ;;
    check) options="--json --help"; words="$(_regime_models)" ;;
    show) options="--scenario --set --latex --graph --derivatives --expanded --program --matrix --at --json --help"; words="$(_regime_models)" ;;
    run) options="--scenario --set --from --to --output --rtol --atol --precise --method --linear --as --step --rule --out --csv --netcdf --plot --format --json --quiet --help"; words="$(_regime_models)" ;;
    steady) options="--scenario --set --out --plot --format --at --bounds --starts --seed --response --growth --cycle --exponents --settle --span --json --quiet --help"; words="$(_regime_models)" ;;
    branch) options="--scenario --set --out --plot --format --at --bounds --starts --seed --parameter --from --to --second --second-from --second-to --cycles --attractor --variable --json --quiet --help"; words="$(_regime_models)" ;;
    portrait) options="--scenario --set --out --format --at --bounds --x --y --hold --quasi --start --basins --json --quiet --help"; words="$(_regime_models)" ;;
    sensitivity) options="--scenario --set --from --to --output --rtol --atol --precise --method --linear --out --plot --format --of --vary --morris --sobol --threads --seed --json --quiet --help"; words="$(_regime_models)" ;;
    fit) options="--scenario --set --rtol --atol --out --threads --seed --free --data --starts --global --loss --profiles --sample --leave-out --facts-to --without --resume --write --json --quiet --help"; words="$(_regime_models)" ;;
    plot) options="--format --json --quiet --help" ;;
    rerun) options="--json --quiet --help" ;;
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _regime regime
