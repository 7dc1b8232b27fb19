// SPDX-License-Identifier: BSD-2-Clause
// Where older SDKs kept the annotations.
#pragma once

#include "sal.h"
