// SPDX-License-Identifier: BSD-2-Clause
// PP_KEYSET_SEC_DESCR on POSIX (cryptoapi.md 9, U-191): who may read a container's file, as a
// descriptor after [MS-DTYP] 2.4.
#include "crypt_fixtures.h"
#include "support/temporary_folder.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace capishim_test;

namespace {

BOOL set(HCRYPTPROV provider, const void* descriptor, DWORD information)
{
    return CryptSetProvParam(provider, PP_KEYSET_SEC_DESCR, static_cast<const BYTE*>(descriptor),
                             information);
}

const ByteVector everyone_sid = from_hex("010100000000000100000000"); // S-1-1-0

/// S-1-22-1-UID, S-1-22-2-GID
ByteVector unix_sid(DWORD kind, DWORD number)
{
    return concatenated({from_hex("0102000000000016"), little_endian(kind), little_endian(number)});
}

ByteVector word(std::size_t value)
{
    return {static_cast<BYTE>(value), static_cast<BYTE>(value >> 8)};
}

ByteVector entry(BYTE type, DWORD mask, const ByteVector& sid)
{
    return concatenated({{type, 0}, word(8 + sid.size()), little_endian(mask), sid});
}

ByteVector allow(DWORD mask, const ByteVector& sid)
{
    return entry(0, mask, sid);
}

ByteVector deny(DWORD mask, const ByteVector& sid)
{
    return entry(1, mask, sid);
}

ByteVector acl(std::initializer_list<ByteVector> entries)
{
    const ByteVector all = concatenated(entries);
    return concatenated({{2, 0}, word(8 + all.size()), word(entries.size()), {0, 0}, all});
}

ByteVector self_relative(const ByteVector& dacl)
{
    return concatenated({from_hex("01000480"), ByteVector(12), little_endian(20), dacl});
}

struct AbsoluteDescriptor { // SECURITY_DESCRIPTOR
    BYTE revision, reserved;
    WORD control;
    void *owner, *group, *sacl, *dacl;
};

/// A container in a store of its own, whose file can be looked at.
struct KeptContainer {
    KeptContainer()
    {
        REQUIRE_SUCCEEDS(CryptAcquireContextA(&provider, "a", strong_provider.name,
                                              strong_provider.type, CRYPT_NEWKEYSET));
        char name[100];
        DWORD size = sizeof name;
        REQUIRE_SUCCEEDS(CryptGetProvParam(provider, PP_UNIQUE_CONTAINER,
                                           reinterpret_cast<BYTE*>(name), &size, 0));
        for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path()))
            if (file.path().filename() == name)
                path = file.path();
    }
    ~KeptContainer() { CryptReleaseContext(provider, 0); }

    ByteVector descriptor(DWORD information) const
    {
        DWORD size = 1000;
        ByteVector bytes(size);
        REQUIRE_SUCCEEDS(
            CryptGetProvParam(provider, PP_KEYSET_SEC_DESCR, bytes.data(), &size, information));
        bytes.resize(size);
        return bytes;
    }

    DWORD group() const { return status().st_gid; }
    DWORD mode() const { return status().st_mode & 0777; }
    void chmod(DWORD mode) const { BOOST_REQUIRE_EQUAL(::chmod(path.c_str(), mode), 0); }

    struct stat status() const
    {
        struct stat status {};
        BOOST_REQUIRE_EQUAL(::stat(path.c_str(), &status), 0);
        return status;
    }

    TemporaryFolder folder;
    ScopedEnvironment home{"CAPISHIM_HOME", folder.path()};
    HCRYPTPROV provider = 0;
    std::filesystem::path path;
};

} // namespace

BOOST_AUTO_TEST_SUITE(PP_KEYSET_SEC_DESCR_rules)

BOOST_AUTO_TEST_CASE(gives_owner_group_and_readers_of_the_file)
{
    const KeptContainer kept;
    const ByteVector user = unix_sid(1, geteuid()), group = unix_sid(2, kept.group());
    const auto header = [](WORD control, DWORD owner, DWORD owners_group, DWORD dacl) {
        return concatenated({{1, 0, static_cast<BYTE>(control), static_cast<BYTE>(control >> 8)},
                             little_endian(owner),
                             little_endian(owners_group),
                             little_endian(0),
                             little_endian(dacl)});
    };
    BOOST_CHECK(kept.descriptor(0) == header(0x8000, 0, 0, 0));
    BOOST_CHECK(kept.descriptor(OWNER_SECURITY_INFORMATION | SACL_SECURITY_INFORMATION) ==
                concatenated({header(0x8000, 20, 0, 0), user}));
    BOOST_CHECK(
        kept.descriptor(OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION |
                        DACL_SECURITY_INFORMATION) ==
        concatenated({header(0x8004, 20, 36, 52), user, group, acl({allow(0x001F01FF, user)})}));
    kept.chmod(0640);
    BOOST_CHECK(kept.descriptor(DACL_SECURITY_INFORMATION) ==
                concatenated({header(0x8004, 0, 0, 20),
                              acl({allow(0x001F01FF, user), allow(0x00120089, group)})}));
    kept.chmod(0644);
    BOOST_CHECK(kept.descriptor(DACL_SECURITY_INFORMATION) ==
                concatenated({header(0x8004, 0, 0, 20),
                              acl({allow(0x001F01FF, user), allow(0x00120089, group),
                                   allow(0x00120089, everyone_sid)})}));
}

// U-191
BOOST_AUTO_TEST_CASE(sets_who_may_read_by_the_DACL)
{
    const KeptContainer kept;
    const ByteVector user = unix_sid(1, geteuid()), group = unix_sid(2, kept.group());
    const ByteVector logged_on = from_hex("01010000000000050b000000");     // S-1-5-11
    const ByteVector users = from_hex("01020000000000052000000021020000"); // S-1-5-32-545
    const ByteVector administrators = from_hex("01020000000000052000000020020000");
    const struct {
        const char* what;
        ByteVector dacl;
        DWORD mode;
    } rows[] = {
        {"nobody", acl({}), 0600},
        {"the owner", acl({allow(0x10000000, user)}), 0600},
        {"the file's group", acl({allow(0x80000000, group)}), 0640},
        {"another group", acl({allow(0x80000000, unix_sid(2, kept.group() + 1))}), 0600},
        {"administrators", acl({allow(0x10000000, administrators)}), 0600},
        {"everyone", acl({allow(0x00120089, everyone_sid)}), 0644},
        {"all who logged on", acl({allow(0x10000000, logged_on)}), 0644},
        {"all users", acl({allow(1, users)}), 0644},
        {"everyone, but not to read", acl({allow(0x00020000, everyone_sid)}), 0600},
        {"everyone after a refusal", acl({deny(1, everyone_sid), allow(1, everyone_sid)}), 0600},
        {"an entry of another kind", acl({entry(2, 1, everyone_sid)}), 0600},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            CHECK_SUCCEEDS(
                set(kept.provider, self_relative(row.dacl).data(), DACL_SECURITY_INFORMATION));
            BOOST_CHECK_EQUAL(kept.mode(), row.mode);
        }

    // The absolute form, and the one without a DACL, which lets everybody in.
    ByteVector dacl = acl({allow(0x80000000, group)});
    AbsoluteDescriptor absolute = {1, 0, 4, nullptr, nullptr, nullptr, dacl.data()};
    CHECK_SUCCEEDS(set(kept.provider, &absolute, DACL_SECURITY_INFORMATION));
    BOOST_CHECK_EQUAL(kept.mode(), 0640u);
    absolute.dacl = nullptr;
    CHECK_SUCCEEDS(set(kept.provider, &absolute, DACL_SECURITY_INFORMATION));
    BOOST_CHECK_EQUAL(kept.mode(), 0644u);
    kept.chmod(0600);
    CHECK_SUCCEEDS(set(kept.provider, &absolute, OWNER_SECURITY_INFORMATION));
    BOOST_CHECK_EQUAL(kept.mode(), 0600u);
}

BOOST_AUTO_TEST_CASE(a_descriptor_read_and_set_again_changes_nothing)
{
    const KeptContainer kept;
    for (const DWORD mode : {0600u, 0640u, 0644u}) {
        kept.chmod(mode);
        const ByteVector read = kept.descriptor(DACL_SECURITY_INFORMATION);
        CHECK_SUCCEEDS(set(kept.provider, read.data(), DACL_SECURITY_INFORMATION));
        BOOST_CHECK_EQUAL(kept.mode(), mode);
    }
}

BOOST_AUTO_TEST_CASE(a_descriptor_that_is_none_is_refused)
{
    const KeptContainer kept;
    const auto fails = [&](const void* data, DWORD flags, DWORD code) {
        CHECK_FAILS_WITH(set(kept.provider, data, flags), code);
        BOOST_CHECK_EQUAL(kept.mode(), 0600u);
    };
    const ByteVector good = self_relative(acl({allow(1, everyone_sid)}));
    fails(nullptr, DACL_SECURITY_INFORMATION, ERROR_INVALID_PARAMETER);
    fails(good.data(), 16, NTE_BAD_FLAGS);
    for (const auto& [place, value] : {std::pair{0, 2}, {22, 7}, {22, 20}, {24, 2}, {30, 7}}) {
        ByteVector changed = good; // revision; the ACL's size, its count; the entry's size
        changed.resize(200);
        changed[static_cast<std::size_t>(place)] = static_cast<BYTE>(value);
        fails(changed.data(), DACL_SECURITY_INFORMATION, ERROR_INVALID_PARAMETER);
    }
    const Provider ephemeral(strong_provider);
    CHECK_FAILS_WITH(set(ephemeral.provider, good.data(), DACL_SECURITY_INFORMATION), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_SUITE_END()
