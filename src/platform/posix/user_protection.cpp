// SPDX-License-Identifier: BSD-2-Clause
// The files' modes protect.
#include "platform/user_protection.h"

namespace capishim::platform {

SecureBytes protect_for_user(ByteView plaintext)
{
    return secure_copy(plaintext);
}

SecureBytes unprotect_for_user(ByteView kept)
{
    return secure_copy(kept);
}

} // namespace capishim::platform
