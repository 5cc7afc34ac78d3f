# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# bash completion for transp4(8), generated from the command's own tables.

@TABLES@

# What can stand at a place of this kind, a line each; $2: the words so far that are no options.
_transp4_values() {
	local what=${1%...} name=$2
	case $what in
	choice:*) echo "${what#choice:}" | tr '|' '\n' ;;
	vm) transp4 vm list 2>/dev/null | awk 'NR > 1 { print $1 }' ;;
	interface) ls /sys/class/net 2>/dev/null ;;
	table | counter | register | meter | valueset)
		transp4 program show "$name" 2>/dev/null |
			awk -v what="$what" '$1 == what { print $2 }'
		;;
	esac
}

_transp4() {
	local cur=${COMP_WORDS[COMP_CWORD]} path=. i word option expect= place=0 first= what
	COMPREPLY=()
	# The words before this one: commands, then words and options of the command.
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ -n $expect ]]; then
			expect=
			continue
		fi
		if [[ $word == -* ]]; then
			for option in ${_transp4_options[$path]}; do
				[[ ${option%%=*} == "$word" && $option == *=* ]] && expect=${option#*=}
			done
			continue
		fi
		if [[ -n ${_transp4_sub[$path]} ]]; then
			[[ $path == . ]] && path=.$word || path+=" $word"
			continue
		fi
		[[ $place == 0 ]] && first=$word
		place=$((place + 1))
	done
	if [[ -n $expect ]]; then
		what=$expect
	elif [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$(printf '%s\n' ${_transp4_options[$path]} | cut -d= -f1) $_transp4_global" -- "$cur"))
		return
	elif [[ -n ${_transp4_sub[$path]} ]]; then
		COMPREPLY=($(compgen -W "${_transp4_sub[$path]}" -- "$cur"))
		return
	else
		local -a words=(${_transp4_words[$path]})
		[[ ${#words[@]} == 0 ]] && return
		if ((place >= ${#words[@]})); then
			[[ ${words[-1]} == *... ]] || return
			place=$((${#words[@]} - 1))
		fi
		what=${words[place]}
	fi
	case $what in
	file*) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")) ;;
	folder*) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")) ;;
	*)
		# Not by compgen -W, which would run what a tenant's program has for names.
		while read -r word; do
			[[ $word == "$cur"* ]] && COMPREPLY+=("$(printf %q "$word")")
		done < <(_transp4_values "$what" "$first")
		;;
	esac
}
complete -F _transp4 transp4
