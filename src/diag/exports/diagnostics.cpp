// SPDX-License-Identifier: BSD-2-Clause
// The diagnostics interface (capishim_diagnostics.h).
#include "abi/exports.h"
#include "diag/irql.h"
#include "diag/leak_report.h"
#include "diag/settings.h"

using namespace capishim;

ULONG WINAPI CapishimGetIrql(void)
{
    return diag::irql();
}

void WINAPI CapishimSetIrql(ULONG level)
{
    diag::set_irql(level);
}

BOOL WINAPI CapishimSetStrict(BOOL on)
{
    return diag::settings.strict.exchange(on != FALSE);
}

ULONG WINAPI CapishimLiveHandles(void)
{
    return static_cast<ULONG>(handle::handles().live_handles().size());
}

void WINAPI CapishimReportLiveHandles(void)
{
    diag::report_live_handles();
}
