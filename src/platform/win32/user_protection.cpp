// SPDX-License-Identifier: BSD-2-Clause
// DPAPI, from the system's crypt32.dll when it is first needed: that loads advapi32, cryptsp and
// bcrypt, which may be this library, so that importing it could make a circle.
#include "platform/user_protection.h"

#include "platform/win32/system_library.h"
#include "platform/win32/windows_h.h"

// clang-format off: needs windows.h before it
#include <dpapi.h>
// clang-format on

namespace capishim::platform {
namespace {

using Protect = decltype(&CryptProtectData);
using Unprotect = decltype(&CryptUnprotectData);

/// One passage of this thread through DPAPI.
class Passage {
  public:
    Passage()
    {
        require(!under_way, Fault::in_use);
        under_way = true;
    }
    Passage(const Passage&) = delete;
    Passage& operator=(const Passage&) = delete;
    ~Passage() { under_way = false; }

  private:
    static thread_local bool under_way;
};

thread_local bool Passage::under_way = false;

template <class Function>
Function dpapi(const char* name)
{
    const auto function = find_in_system<Function>(L"crypt32.dll", name);
    require(function != nullptr, Fault::internal);
    return function;
}

DATA_BLOB blob(ByteView bytes)
{
    return {static_cast<DWORD>(bytes.size()), const_cast<BYTE*>(bytes.data())};
}

/// The answer, wiped where the system had put it.
SecureBytes take(DATA_BLOB& answer)
{
    SecureBytes bytes(answer.pbData, answer.pbData + answer.cbData);
    SecureZeroMemory(answer.pbData, answer.cbData);
    LocalFree(answer.pbData);
    return bytes;
}

} // namespace

SecureBytes protect_for_user(ByteView plaintext)
{
    const Passage passage;
    DATA_BLOB in = blob(plaintext), out{};
    require(dpapi<Protect>("CryptProtectData")(&in, L"capishim", nullptr, nullptr, nullptr,
                                               CRYPTPROTECT_UI_FORBIDDEN, &out) != FALSE,
            Fault::internal);
    return take(out);
}

SecureBytes unprotect_for_user(ByteView kept)
{
    const Passage passage;
    DATA_BLOB in = blob(kept), out{};
    require(dpapi<Unprotect>("CryptUnprotectData")(&in, nullptr, nullptr, nullptr, nullptr,
                                                   CRYPTPROTECT_UI_FORBIDDEN, &out) != FALSE,
            Fault::bad_data);
    return take(out);
}

} // namespace capishim::platform
