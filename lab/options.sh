# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# How scripts that run labs read their options.

# options SYNTAX "NAME..." ARGUMENT... - each --NAME VALUE sets $NAME; all else ends the script.
options() {
	_syntax=$1 _names=" $2 "
	shift 2
	while [ $# -gt 1 ]; do
		case $1 in
		--*[!a-z]* | [!-]* | -[!-]*) break ;;
		*) [ "${_names#* "${1#--}" }" != "$_names" ] || break ;;
		esac
		eval "${1#--}=\$2"
		shift 2
	done
	[ $# -eq 0 ] || {
		echo "usage: $_syntax" >&2
		exit 2
	}
}
