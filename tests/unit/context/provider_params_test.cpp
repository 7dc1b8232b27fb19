// SPDX-License-Identifier: BSD-2-Clause
// PP_*: cryptoapi.md 9.
#include "csp/context.h"
#include "platform/paths.h"
#include "support/fault_check.h"
#include "support/temporary_folder.h"

#include <capishim/wincrypt.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <cstring>
#include <set>

using namespace capishim;
using namespace capishim::csp;
using namespace capishim_test;

namespace {

using Name = std::optional<std::string>;

std::shared_ptr<Context> acquire(const char* provider, const Name& container, std::uint32_t flags)
{
    return Context::acquire({find_profile(provider), container, flags});
}

std::shared_ptr<Context> ephemeral(const char* provider = MS_STRONG_PROV_A)
{
    return acquire(provider, {}, CRYPT_VERIFYCONTEXT);
}

/// CryptGetProvParam as a program would call it.
void get(Context& context, std::uint32_t param, std::uint8_t* data, std::uint32_t* length,
         std::uint32_t flags = 0)
{
    OutBuffer out(data, length, OutBuffer::OnFailure::zero_length);
    context.get_param(param, flags, out);
}

std::uint32_t size_of(Context& context, std::uint32_t param, std::uint32_t flags = 0)
{
    std::uint32_t length = 0xDDDDDDDD; // programs leave it uninitialised
    get(context, param, nullptr, &length, flags);
    return length;
}

Bytes value_of(Context& context, std::uint32_t param, std::uint32_t flags = 0)
{
    Bytes value(size_of(context, param));
    auto length = static_cast<std::uint32_t>(value.size());
    get(context, param, value.data(), &length, flags);
    value.resize(length);
    return value;
}

std::uint32_t number_of(Context& context, std::uint32_t param)
{
    const Bytes value = value_of(context, param);
    BOOST_REQUIRE_EQUAL(value.size(), 4u);
    return LittleEndianReader(value).u32();
}

std::string string_of(Context& context, std::uint32_t param)
{
    const Bytes value = value_of(context, param);
    BOOST_REQUIRE(!value.empty() && value.back() == 0);
    return {value.begin(), value.end() - 1};
}

template <class Item>
std::vector<Item> items_of(Context& context, std::uint32_t param, std::uint32_t next_flag)
{
    std::vector<Item> items;
    Item item;
    std::uint32_t length = sizeof item, flags = CRYPT_FIRST;
    const auto next = [&] {
        get(context, param, reinterpret_cast<std::uint8_t*>(&item), &length, flags);
        flags = next_flag;
    };
    while (fault_of(next) == Fault::none) {
        BOOST_CHECK_EQUAL(length, sizeof item);
        items.push_back(item);
    }
    BOOST_CHECK_EQUAL(length, sizeof item); // 9.3 item 5: nothing written
    CHECK_FAULT(next(), Fault::no_more_items);
    return items;
}

std::uint32_t next_container(Context& context, std::string& name, std::uint32_t flags,
                             std::uint32_t capacity = 261)
{
    std::vector<std::uint8_t> room(capacity, 0xEE);
    std::uint32_t length = capacity;
    get(context, PP_ENUMCONTAINERS, room.data(), &length, flags);
    name = reinterpret_cast<const char*>(room.data());
    return length;
}

std::vector<std::string> containers_of(Context& context, std::uint32_t scope = 0)
{
    std::vector<std::string> names;
    std::string name;
    std::uint32_t flags = CRYPT_FIRST | scope;
    while (fault_of([&] { next_container(context, name, flags); }) == Fault::none) {
        names.push_back(name);
        flags = CRYPT_NEXT | scope;
    }
    return names;
}

struct Home {
    TemporaryFolder folder;
    ScopedEnvironment home{"CAPISHIM_HOME", folder.path()};
    ScopedEnvironment machine_home{"CAPISHIM_MACHINE_HOME", folder / "machine"};
};

using Names = std::vector<std::string>;

const std::uint32_t unknown_to_get[] = {0,
                                        PP_CHANGE_PASSWORD,
                                        PP_CERTCHAIN,
                                        PP_KEY_TYPE_SUBTYPE,
                                        PP_APPLI_CERT,
                                        PP_UI_PROMPT,
                                        PP_ENUMMANDROOTS,
                                        PP_ENUMELECTROOTS,
                                        PP_ADMIN_PIN,
                                        PP_KEYEXCHANGE_PIN,
                                        PP_SIGNATURE_PIN,
                                        PP_SGC_INFO,
                                        PP_USE_HARDWARE_RNG,
                                        PP_CRYPT_COUNT_KEY_USE,
                                        PP_USER_CERTSTORE,
                                        PP_SMARTCARD_READER,
                                        PP_SMARTCARD_GUID,
                                        PP_ROOT_CERTSTORE,
                                        PP_SMARTCARD_READER_ICON,
                                        9999};

const std::uint32_t unknown_to_set[] = {0,
                                        PP_KEYEXCHANGE_KEYSIZE,
                                        PP_SIGNATURE_KEYSIZE,
                                        PP_KEYEXCHANGE_ALG,
                                        PP_SIGNATURE_ALG,
                                        PP_USE_HARDWARE_RNG,
                                        PP_ADMIN_PIN,
                                        PP_SECURE_KEYEXCHANGE_PIN,
                                        PP_NAME,
                                        9999};

const std::uint32_t without_flags[] = {PP_IMPTYPE,
                                       PP_NAME,
                                       PP_VERSION,
                                       PP_CONTAINER,
                                       PP_PROVTYPE,
                                       PP_KEYSTORAGE,
                                       PP_SYM_KEYSIZE,
                                       PP_KEYSET_TYPE,
                                       PP_UNIQUE_CONTAINER,
                                       PP_KEYSPEC,
                                       PP_ENUMEX_SIGNING_PROT};

} // namespace

BOOST_FIXTURE_TEST_SUITE(get_provider_parameter, Home)

// cryptoapi.md 9.1
BOOST_AUTO_TEST_CASE(answers_numbers)
{
    const auto context = ephemeral();
    BOOST_CHECK_EQUAL(number_of(*context, PP_IMPTYPE), 2u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_VERSION), 0x0200u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_PROVTYPE), 1u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_KEYSTORAGE), 1u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_SYM_KEYSIZE), 128u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_SESSION_KEYSIZE), 128u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_SIG_KEYSIZE_INC), 8u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_KEYX_KEYSIZE_INC), 8u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_KEYSPEC), 3u);
    BOOST_CHECK_EQUAL(number_of(*context, PP_KEYSET_TYPE), 0u);
    BOOST_CHECK_EQUAL(number_of(*ephemeral(MS_DEF_PROV_A), PP_SYM_KEYSIZE), 40u);
    BOOST_CHECK_EQUAL(number_of(*ephemeral(MS_ENH_RSA_AES_PROV_A), PP_PROVTYPE), 24u);
    const auto machine = acquire(MS_STRONG_PROV_A, {}, CRYPT_VERIFYCONTEXT | CRYPT_MACHINE_KEYSET);
    BOOST_CHECK_EQUAL(number_of(*machine, PP_KEYSET_TYPE), 0x20u);
}

// U-68
BOOST_AUTO_TEST_CASE(answers_the_name_of_the_alias_to_who_used_it)
{
    BOOST_CHECK_EQUAL(string_of(*ephemeral(), PP_NAME), MS_STRONG_PROV_A);
    BOOST_CHECK_EQUAL(string_of(*ephemeral(MS_ENH_RSA_AES_PROV_XP_A), PP_NAME),
                      MS_ENH_RSA_AES_PROV_XP_A);
}

BOOST_AUTO_TEST_CASE(answers_the_container_as_it_was_named)
{
    acquire(MS_STRONG_PROV_A, "Name", CRYPT_NEWKEYSET);
    const auto context = acquire(MS_STRONG_PROV_A, "nAME", 0);
    BOOST_CHECK_EQUAL(string_of(*context, PP_CONTAINER), "nAME"); // U-203
    const auto unnamed = acquire(MS_STRONG_PROV_A, {}, CRYPT_NEWKEYSET);
    BOOST_CHECK_EQUAL(string_of(*unnamed, PP_CONTAINER), platform::user_name());
}

// observed.md: PP_UNIQUE_CONTAINER
BOOST_AUTO_TEST_CASE(answers_a_unique_name_that_opens_the_container)
{
    const auto context = acquire(MS_STRONG_PROV_A, "a", CRYPT_NEWKEYSET);
    const std::string name = string_of(*context, PP_UNIQUE_CONTAINER);
    BOOST_CHECK_EQUAL(size_of(*context, PP_UNIQUE_CONTAINER), 70u);
    BOOST_CHECK_EQUAL(name.substr(0, 33), "95e144418ae76df473da2336114fd064_");
    BOOST_CHECK_EQUAL(string_of(*acquire(MS_STRONG_PROV_A, name, 0), PP_UNIQUE_CONTAINER), name);
}

// U-182
BOOST_AUTO_TEST_CASE(answers_a_generated_name_for_an_ephemeral_container)
{
    const auto context = ephemeral();
    const std::string name = string_of(*context, PP_CONTAINER);
    BOOST_CHECK(name.starts_with("capishim-"));
    BOOST_CHECK_EQUAL(name.size(), 9u + 32u);
    BOOST_CHECK_EQUAL(string_of(*context, PP_CONTAINER), name);
    BOOST_CHECK_NE(string_of(*ephemeral(), PP_CONTAINER), name);
    BOOST_CHECK_EQUAL(size_of(*context, PP_UNIQUE_CONTAINER), 70u);
}

BOOST_AUTO_TEST_CASE(tells_the_size_that_a_small_buffer_lacks)
{
    const auto context = ephemeral();
    const auto size = static_cast<std::uint32_t>(std::strlen(MS_STRONG_PROV_A) + 1);
    BOOST_CHECK_EQUAL(size_of(*context, PP_NAME), size);
    Bytes room(size, 0xEE);
    std::uint32_t length = size - 1;
    CHECK_FAULT(get(*context, PP_NAME, room.data(), &length), Fault::buffer_too_small);
    BOOST_CHECK_EQUAL(length, size);
    BOOST_CHECK(room == Bytes(size, 0xEE));
    CHECK_FAULT(get(*context, PP_NAME, room.data(), nullptr), Fault::invalid_parameter);
}

// U-189
BOOST_AUTO_TEST_CASE(succeeds_without_data_for_the_signing_protocol)
{
    const auto context = ephemeral();
    BOOST_CHECK_EQUAL(size_of(*context, PP_ENUMEX_SIGNING_PROT), 0u);
}

BOOST_DATA_TEST_CASE_F(Home, refuses_parameters_it_does_not_know, unknown_to_get, param)
{
    std::uint32_t length = 4;
    std::uint8_t room[4];
    CHECK_FAULT(get(*ephemeral(), param, room, &length), Fault::bad_type);
    BOOST_CHECK_EQUAL(length, 0u); // cryptoapi.md 0.2 rule 5
}

BOOST_DATA_TEST_CASE_F(Home, refuses_flags_where_there_are_none, without_flags, param)
{
    for (const std::uint32_t flag : {CRYPT_FIRST, CRYPT_NEXT, CRYPT_MACHINE_KEYSET})
        CHECK_FAULT(size_of(*ephemeral(), param, flag), Fault::bad_flags);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(enumerate_algorithms, Home)

BOOST_AUTO_TEST_CASE(lists_the_profiles_rows_in_order)
{
    for (const Profile& profile : profiles()) {
        const auto context = ephemeral(profile.name.data());
        const auto items = items_of<PROV_ENUMALGS>(*context, PP_ENUMALGS, CRYPT_NEXT);
        BOOST_REQUIRE_EQUAL(items.size(), profile.algorithms.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            BOOST_CHECK_EQUAL(items[i].aiAlgid, profile.algorithms[i].id);
            BOOST_CHECK_EQUAL(items[i].dwBitLen, profile.algorithms[i].default_bits);
            BOOST_CHECK_EQUAL(items[i].dwNameLen, std::strlen(items[i].szName) + 1); // U-91
        }
        const bool has_rc2 = profile.find(CALG_RC2) != nullptr; // first in 2.7 (U-89)
        BOOST_CHECK_EQUAL(items[0].szName, has_rc2 ? "RC2" : "SHA-1");
    }
}

BOOST_AUTO_TEST_CASE(lists_limits_protocols_and_long_names)
{
    const auto context = ephemeral(MS_ENH_RSA_AES_PROV_A);
    const auto items = items_of<PROV_ENUMALGS_EX>(*context, PP_ENUMALGS_EX, 0);
    BOOST_REQUIRE_EQUAL(items.size(), context->profile().algorithms.size());
    std::set<std::string> long_names;
    for (const auto& item : items) {
        const AlgorithmLimits& limits = *context->profile().find(item.aiAlgid);
        BOOST_CHECK_EQUAL(item.dwDefaultLen, limits.default_bits);
        BOOST_CHECK_EQUAL(item.dwMinLen, limits.min_bits);
        BOOST_CHECK_EQUAL(item.dwMaxLen, limits.max_bits);
        BOOST_CHECK_EQUAL(item.dwLongNameLen, std::strlen(item.szLongName) + 1);
        const bool is_hash = GET_ALG_CLASS(item.aiAlgid) == ALG_CLASS_HASH &&
                             item.aiAlgid != CALG_MAC && item.aiAlgid != CALG_HMAC;
        BOOST_CHECK_EQUAL((item.dwProtocols & CRYPT_FLAG_SIGNING) != 0, is_hash); // U-92
        long_names.insert(item.szLongName);
    }
    BOOST_CHECK_EQUAL(long_names.size(), items.size());
}

BOOST_AUTO_TEST_CASE(begins_at_the_first_item_without_crypt_first)
{
    const auto context = ephemeral(); // U-196
    BOOST_CHECK_EQUAL(LittleEndianReader(value_of(*context, PP_ENUMALGS)).u32(),
                      static_cast<std::uint32_t>(CALG_RC2));
    BOOST_CHECK_EQUAL(LittleEndianReader(value_of(*context, PP_ENUMALGS)).u32(),
                      static_cast<std::uint32_t>(CALG_RC4));
    // The other enumeration has a place of its own.
    BOOST_CHECK_EQUAL(LittleEndianReader(value_of(*context, PP_ENUMALGS_EX)).u32(),
                      static_cast<std::uint32_t>(CALG_RC2));
}

// U-198
BOOST_AUTO_TEST_CASE(does_not_advance_for_a_size_query_or_a_small_buffer)
{
    const auto context = ephemeral();
    BOOST_CHECK_EQUAL(size_of(*context, PP_ENUMALGS, CRYPT_FIRST), 32u);
    BOOST_CHECK_EQUAL(size_of(*context, PP_ENUMALGS, CRYPT_NEXT), 32u);
    std::uint8_t room[31];
    std::uint32_t length = sizeof room;
    CHECK_FAULT(get(*context, PP_ENUMALGS, room, &length), Fault::buffer_too_small);
    BOOST_CHECK_EQUAL(length, 32u);
    BOOST_CHECK_EQUAL(LittleEndianReader(value_of(*context, PP_ENUMALGS)).u32(),
                      static_cast<std::uint32_t>(CALG_RC2));
    BOOST_CHECK_EQUAL(size_of(*context, PP_ENUMALGS_EX, CRYPT_FIRST | CRYPT_SGC_ENUM),
                      sizeof(PROV_ENUMALGS_EX));
}

BOOST_AUTO_TEST_CASE(answers_the_size_at_the_end_too)
{
    const auto context = ephemeral();
    items_of<PROV_ENUMALGS>(*context, PP_ENUMALGS, 0);
    BOOST_CHECK_EQUAL(size_of(*context, PP_ENUMALGS), 32u);
}

// U-202
BOOST_AUTO_TEST_CASE(refuses_first_and_next_together)
{
    CHECK_FAULT(size_of(*ephemeral(), PP_ENUMALGS, CRYPT_FIRST | CRYPT_NEXT), Fault::bad_flags);
    CHECK_FAULT(size_of(*ephemeral(), PP_ENUMALGS, CRYPT_SGC_ENUM), Fault::bad_flags);
    CHECK_FAULT(size_of(*ephemeral(), PP_ENUMALGS_EX, 8), Fault::bad_flags);
    CHECK_FAULT(size_of(*ephemeral(), PP_ENUMCONTAINERS, CRYPT_FIRST | CRYPT_NEXT),
                Fault::bad_flags);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(enumerate_containers, Home)

BOOST_AUTO_TEST_CASE(shows_all_of_the_family_by_name_also_to_an_ephemeral_context)
{
    acquire(MS_STRONG_PROV_A, "b", CRYPT_NEWKEYSET);
    acquire(MS_ENH_RSA_AES_PROV_A, "a", CRYPT_NEWKEYSET);
    acquire(MS_STRONG_PROV_A, "m", CRYPT_NEWKEYSET | CRYPT_MACHINE_KEYSET);
    BOOST_CHECK(containers_of(*ephemeral()) == (Names{"a", "b"})); // U-201
    BOOST_CHECK(containers_of(*ephemeral(), CRYPT_MACHINE_KEYSET) == Names{"m"});
    const auto machine = acquire(MS_STRONG_PROV_A, {}, CRYPT_VERIFYCONTEXT | CRYPT_MACHINE_KEYSET);
    BOOST_CHECK(containers_of(*machine) == Names{"m"});
}

// observed.md: PP_ENUMCONTAINERS size query; U-200
BOOST_AUTO_TEST_CASE(asks_for_261_bytes_even_where_there_is_none)
{
    const auto context = ephemeral();
    BOOST_CHECK_EQUAL(size_of(*context, PP_ENUMCONTAINERS, CRYPT_FIRST), 261u);
    std::string name;
    CHECK_FAULT(next_container(*context, name, CRYPT_FIRST), Fault::no_more_items);
    CHECK_FAULT(next_container(*context, name, CRYPT_NEXT), Fault::no_more_items);
}

// observed.md: PP_ENUMCONTAINERS success; U-199
BOOST_AUTO_TEST_CASE(leaves_the_length_alone_where_there_is_room_for_all)
{
    acquire(MS_STRONG_PROV_A, "name", CRYPT_NEWKEYSET);
    const auto context = ephemeral();
    std::string name;
    BOOST_CHECK_EQUAL(next_container(*context, name, CRYPT_FIRST, 262), 262u);
    BOOST_CHECK_EQUAL(name, "name");
    BOOST_CHECK_EQUAL(next_container(*context, name, CRYPT_FIRST, 261), 261u);
    BOOST_CHECK_EQUAL(next_container(*context, name, CRYPT_FIRST, 260), 5u);
    BOOST_CHECK_EQUAL(next_container(*context, name, CRYPT_FIRST, 5), 5u);
    BOOST_CHECK_EQUAL(name, "name");
}

BOOST_AUTO_TEST_CASE(a_small_buffer_is_told_261_and_misses_nothing)
{
    acquire(MS_STRONG_PROV_A, "name", CRYPT_NEWKEYSET);
    const auto context = ephemeral();
    std::uint8_t room[4];
    std::uint32_t length = sizeof room;
    CHECK_FAULT(get(*context, PP_ENUMCONTAINERS, room, &length, CRYPT_FIRST),
                Fault::buffer_too_small);
    BOOST_CHECK_EQUAL(length, 261u);
    std::string name;
    next_container(*context, name, CRYPT_NEXT);
    BOOST_CHECK_EQUAL(name, "name");
}

BOOST_AUTO_TEST_CASE(lets_a_program_delete_what_it_walks_through)
{
    for (const char* name : {"a", "b", "c"})
        acquire(MS_STRONG_PROV_A, name, CRYPT_NEWKEYSET);
    const auto context = ephemeral();
    std::string name;
    std::uint32_t flags = CRYPT_FIRST;
    int deleted = 0;
    while (fault_of([&] { next_container(*context, name, flags); }) == Fault::none) {
        Context::delete_container({find_profile(MS_STRONG_PROV_A), name, CRYPT_DELETEKEYSET});
        ++deleted;
        flags = 0;
    }
    BOOST_CHECK_EQUAL(deleted, 3);
    BOOST_CHECK(containers_of(*context).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(set_provider_parameter, Home)

// U-193
BOOST_AUTO_TEST_CASE(deletes_a_pair)
{
    const auto context = acquire(MS_STRONG_PROV_A, "a", CRYPT_NEWKEYSET);
    context->pairs().save(KeySpec::exchange, StoredPair{});
    const std::uint8_t spec[4] = {AT_KEYEXCHANGE, 0, 0, 0};
    context->set_param(PP_DELETEKEY, spec, 0);
    BOOST_CHECK(!context->pairs().load(KeySpec::exchange));
    CHECK_FAULT(context->set_param(PP_DELETEKEY, spec, 0), Fault::no_key);
    const std::uint8_t no_spec[4] = {3, 0, 0, 0};
    CHECK_FAULT(context->set_param(PP_DELETEKEY, no_spec, 0), Fault::bad_flags);
    CHECK_FAULT(context->set_param(PP_DELETEKEY, nullptr, 0), Fault::invalid_parameter);
    CHECK_FAULT(context->set_param(PP_DELETEKEY, spec, 1), Fault::bad_flags);
}

// U-194
BOOST_AUTO_TEST_CASE(accepts_what_only_a_user_interface_would_need)
{
    const auto context = ephemeral();
    const std::uint8_t window[8] = {};
    for (const std::uint32_t param :
         {PP_CLIENT_HWND, PP_CONTEXT_INFO, PP_UI_PROMPT, PP_PIN_PROMPT_STRING})
        CHECK_FAULT(context->set_param(param, window, 0), Fault::none);
}

BOOST_DATA_TEST_CASE_F(Home, refuses_what_cannot_be_set, unknown_to_set, param)
{
    const std::uint8_t data[8] = {};
    CHECK_FAULT(ephemeral()->set_param(param, data, 0), Fault::bad_type);
}

BOOST_AUTO_TEST_SUITE_END()
