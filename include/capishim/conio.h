// SPDX-License-Identifier: BSD-2-Clause
// Reading a key at the console. Programs ask for one to end with, or for a password; from a pipe or
// a file the next character is read as it is.
#pragma once

#include <stdio.h>

#ifndef _WIN32
#include <termios.h>

#ifdef __cplusplus
extern "C" {
#endif

static __inline__ int capishim_read_key(tcflag_t without)
{
    struct termios before, during;
    const int console = tcgetattr(0, &before) == 0;
    int key;
    fflush(stdout);
    if (console) {
        during = before;
        during.c_lflag &= ~without;
        tcsetattr(0, TCSANOW, &during);
    }
    key = getchar();
    if (console)
        tcsetattr(0, TCSANOW, &before);
    return key == '\n' ? '\r' : key; // what the Enter key gives on Windows
}

static __inline__ int _getch(void)
{
    return capishim_read_key(ICANON | ECHO);
}

static __inline__ int _getche(void)
{
    return capishim_read_key(ICANON);
}

static __inline__ int _putch(int c)
{
    return putchar(c);
}

#define getch _getch
#define getche _getche

#ifdef __cplusplus
}
#endif
#endif
