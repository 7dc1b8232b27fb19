// SPDX-License-Identifier: BSD-2-Clause
// The diagnostics interface (capishim_diagnostics.h).
#include "abi/exports.h"
#include "diag/irql.h"
#include "diag/leak_report.h"
#include "diag/settings.h"

using namespace capishim;

ULONG CapishimGetIrql(void)
{
    return diag::irql();
}

void CapishimSetIrql(ULONG level)
{
    diag::set_irql(level);
}

BOOL CapishimSetStrict(BOOL on)
{
    return diag::settings.strict.exchange(on != FALSE);
}

ULONG CapishimLiveHandles(void)
{
    return static_cast<ULONG>(handle::handles().live_handles().size());
}

void CapishimReportLiveHandles(void)
{
    diag::report_live_handles();
}
