// SPDX-License-Identifier: BSD-2-Clause
// The headers of the C++ library in which __in or __out is a name: sal.h reads them before it
// defines those words. They stand by what they offer; each brings its internal ones.
#pragma once

#include <algorithm>
#include <complex>
#include <fstream>
#include <functional>
#include <iomanip>
#include <istream>
#include <iterator>
#include <locale>
#include <map>
#include <memory>
#include <numeric>
#include <ostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <utility>
#include <valarray>
#include <vector>
#if __cplusplus >= 201103L
#include <random>
#include <regex>
#include <thread>
#include <tuple>
#endif
#if __cplusplus >= 202002L
#include <ranges>
#endif
