#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/valgrind.sh PROGRAM ARGUMENT...
# Runs a program under valgrind; a finding makes the exit status 99. Scripts run as they are.
case $1 in
*python* | *.py | *.sh) exec "$@" ;;
esac
# Tests that bring an operator new of their own keep it; its malloc is watched all the same.
exec valgrind --quiet --fair-sched=try --soname-synonyms=somalloc=nouserintercepts --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite "$@"
