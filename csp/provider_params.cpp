// SPDX-License-Identifier: BSD-2-Clause
// Provider parameters: PP_* as tables of (number, flags, reader or writer), and the enumerations
// (cryptoapi.md 9).
#include "base/row.h"
#include "csp/context.h"
#include "platform/last_error.h"

#include <capishim/wincrypt.h>

#include <array>

namespace capishim::csp {
namespace {

/// How an algorithm is listed (2.7, U-90): names for people, and the protocols it serves (U-92).
/// CRYPT_FLAG_SSL2 is for SChannel providers, where every algorithm serves SSL 3.0 and TLS 1.0;
/// the other bits are for the other providers.
struct AlgorithmName {
    std::uint32_t id;
    std::string_view short_name, long_name;
    std::uint32_t protocols;
};

constexpr std::uint32_t signing = CRYPT_FLAG_SIGNING;
constexpr std::uint32_t ipsec = CRYPT_FLAG_IPSEC;
constexpr std::uint32_t ssl2 = CRYPT_FLAG_SSL2;

constexpr std::array algorithm_names = {
    AlgorithmName{CALG_DSS_SIGN, "DSA_SIGN", "Digital Signature Algorithm", 0},
    AlgorithmName{CALG_RSA_SIGN, "RSA_SIGN", "RSA Signature", 0},
    AlgorithmName{CALG_SSL3_MASTER, "SSL3 MASTER", "SSL3 Master", 0},
    AlgorithmName{CALG_SCHANNEL_MASTER_HASH, "SCH MASTER HASH", "SChannel Master Hash", 0},
    AlgorithmName{CALG_SCHANNEL_MAC_KEY, "SCH MAC KEY", "SChannel MAC Key", 0},
    AlgorithmName{CALG_SSL2_MASTER, "SSL2 MASTER", "SSL2 Master", ssl2},
    AlgorithmName{CALG_TLS1_MASTER, "TLS1 MASTER", "TLS1 Master", 0},
    AlgorithmName{CALG_SCHANNEL_ENC_KEY, "SCH ENC KEY", "SChannel Encryption Key", 0},
    AlgorithmName{CALG_DES, "DES", "Data Encryption Standard (DES)", ipsec | ssl2},
    AlgorithmName{CALG_RC2, "RC2", "RSA Data Security's RC2", ssl2},
    AlgorithmName{CALG_3DES, "3DES", "Three Key Triple DES", ipsec | ssl2},
    AlgorithmName{CALG_3DES_112, "3DES TWO KEY", "Two Key Triple DES", ipsec},
    AlgorithmName{CALG_AES_128, "AES 128", "Advanced Encryption Standard (AES-128)", 0},
    AlgorithmName{CALG_AES_192, "AES 192", "Advanced Encryption Standard (AES-192)", 0},
    AlgorithmName{CALG_AES_256, "AES 256", "Advanced Encryption Standard (AES-256)", 0},
    AlgorithmName{CALG_RC4, "RC4", "RSA Data Security's RC4", ssl2},
    AlgorithmName{CALG_MD2, "MD2", "Message Digest 2 (MD2)", signing},
    AlgorithmName{CALG_MD4, "MD4", "Message Digest 4 (MD4)", signing},
    AlgorithmName{CALG_MD5, "MD5", "Message Digest 5 (MD5)", signing | ipsec | ssl2},
    AlgorithmName{CALG_SHA1, "SHA-1", "Secure Hash Algorithm (SHA-1)", signing | ipsec},
    AlgorithmName{CALG_MAC, "MAC", "Message Authentication Code", 0},
    AlgorithmName{CALG_SSL3_SHAMD5, "SSL3 SHAMD5", "SSL3 SHAMD5", signing},
    AlgorithmName{CALG_HMAC, "HMAC", "Hugo's MAC (HMAC)", ipsec},
    AlgorithmName{CALG_SHA_256, "SHA-256", "Secure Hash Algorithm (SHA-256)", signing},
    AlgorithmName{CALG_SHA_384, "SHA-384", "Secure Hash Algorithm (SHA-384)", signing},
    AlgorithmName{CALG_SHA_512, "SHA-512", "Secure Hash Algorithm (SHA-512)", signing},
    AlgorithmName{CALG_RSA_KEYX, "RSA_KEYX", "RSA Key Exchange", ssl2},
    AlgorithmName{CALG_DH_SF, "DH_KEYX_SF", "Diffie-Hellman Key Exchange Algorithm", ipsec},
    AlgorithmName{CALG_DH_EPHEM, "DH_KEYX_EPHEM", "Diffie-Hellman Ephemeral Algorithm", ipsec},
};
static_assert(sorted_by(algorithm_names, &AlgorithmName::id));

constexpr std::size_t short_name_size = 20; // PROV_ENUMALGS.szName
constexpr std::size_t long_name_size = 40;  // PROV_ENUMALGS_EX.szLongName
static_assert(std::ranges::all_of(algorithm_names, [](const AlgorithmName& row) {
    return row.short_name.size() < short_name_size && row.long_name.size() < long_name_size;
}));

/// The length with its NUL (U-91) and the name in a field of fixed size.
void write_name(LittleEndianWriter<Bytes>& writer, std::string_view name, std::size_t field_size)
{
    writer.u32(static_cast<std::uint32_t>(name.size() + 1));
    writer.bytes(view(name.data(), name.size()));
    for (std::size_t i = name.size(); i < field_size; ++i)
        writer.u8(0);
}

/// U-189.
bool tells_signing(const Profile& profile)
{
    return profile.type == PROV_RSA_FULL || profile.type == PROV_RSA_AES;
}

/// PROV_ENUMALGS_EX.dwProtocols (U-92).
std::uint32_t protocols_of(const Profile& profile, const AlgorithmName& names)
{
    if (profile.type == PROV_RSA_SCHANNEL)
        return CRYPT_FLAG_SSL3 | CRYPT_FLAG_TLS1 | (names.protocols & ssl2);
    if (profile.type == PROV_DH_SCHANNEL) // "DH SChannel all 0x000C"
        return CRYPT_FLAG_SSL3 | CRYPT_FLAG_TLS1;
    return names.protocols & ~(tells_signing(profile) ? ssl2 : ssl2 | signing);
}

/// PROV_ENUMALGS.
Bytes algorithm_item(const Profile&, const AlgorithmLimits& limits)
{
    const AlgorithmName* names = find_row(algorithm_names, &AlgorithmName::id, limits.id);
    Bytes item;
    LittleEndianWriter writer(item);
    writer.u32(limits.id);
    writer.u32(limits.default_bits);
    write_name(writer, names->short_name, short_name_size);
    return item;
}

/// PROV_ENUMALGS_EX.
Bytes algorithm_ex_item(const Profile& profile, const AlgorithmLimits& limits)
{
    const AlgorithmName* names = find_row(algorithm_names, &AlgorithmName::id, limits.id);
    Bytes item;
    LittleEndianWriter writer(item);
    writer.u32(limits.id);
    writer.u32(limits.default_bits);
    writer.u32(limits.min_bits);
    writer.u32(limits.max_bits);
    writer.u32(protocols_of(profile, *names));
    write_name(writer, names->short_name, short_name_size);
    write_name(writer, names->long_name, long_name_size);
    return item;
}

// cryptoapi.md 9.1 prints 92 for the second; its own fields, and the SDK's structure that programs
// pass, make 88.
constexpr std::uint32_t algorithm_item_size = 32;
constexpr std::uint32_t algorithm_ex_item_size = 88;
static_assert(sizeof(PROV_ENUMALGS) == algorithm_item_size);
static_assert(sizeof(PROV_ENUMALGS_EX) == algorithm_ex_item_size);

// observed.md: PP_ENUMCONTAINERS size query
constexpr std::uint32_t max_container_item_size = MAX_PATH + 1;

constexpr std::uint32_t version = 0x0200;

/// Strings are CHAR, and their size includes the NUL (9.1).
void write_string(OutBuffer& out, std::string_view text)
{
    const std::string terminated(text);
    out.write(view(terminated.c_str(), terminated.size() + 1));
}

/// What every enumeration does with its flags: CRYPT_FIRST begins anew, CRYPT_NEXT or 0 goes on.
/// @return whether to begin anew
bool checked_first(std::uint32_t flags)
{
    constexpr std::uint32_t both = CRYPT_FIRST | CRYPT_NEXT;
    require((flags & both) != both, Fault::bad_flags); // U-202
    return (flags & CRYPT_FIRST) != 0;
}

[[noreturn]] void end_of_enumeration(OutBuffer& out)
{
    out.leave_length(); // 9.3 item 5
    throw Error(Fault::no_more_items);
}

KeySpec checked_key_spec(const std::uint8_t* data)
{
    require(data != nullptr, Fault::invalid_parameter);
    const std::uint32_t spec = LittleEndianReader(view(data, sizeof spec)).u32();
    require(spec == AT_KEYEXCHANGE || spec == AT_SIGNATURE, Fault::bad_flags); // 1.5
    return static_cast<KeySpec>(spec);
}

} // namespace

struct Context::Params {
    struct GetRow {
        std::uint32_t id;
        std::uint32_t flags; // those it knows; others are Fault::bad_flags
        void (*read)(Context&, std::uint32_t flags, OutBuffer&);
    };
    struct SetRow {
        std::uint32_t id;
        std::uint32_t flags; // those it knows; others are Fault::bad_flags
        void (*write)(Context&, const std::uint8_t* data, std::uint32_t flags);
    };

    // ---- Numbers and strings ----

    template <auto Number>
    static void number(Context& context, std::uint32_t, OutBuffer& out)
    {
        out.write_u32(Number(context));
    }

    template <std::uint32_t Value>
    static void constant(Context&, std::uint32_t, OutBuffer& out)
    {
        out.write_u32(Value);
    }

    template <auto Text>
    static void string(Context& context, std::uint32_t, OutBuffer& out)
    {
        write_string(out, Text(context));
    }

    static std::uint32_t type(const Context& context) { return context.profile_->type; }

    static std::uint32_t keyset_type(const Context& context)
    {
        return context.machine_ ? CRYPT_MACHINE_KEYSET : 0;
    }

    static std::uint32_t symmetric_bits(const Context& context)
    {
        return context.profile_->default_symmetric_bits;
    }

    static const AlgorithmLimits* signature_pair(const Context& context)
    {
        return context.profile_->find(pair_algorithm(*context.profile_, KeySpec::signature));
    }

    static const AlgorithmLimits* exchange_pair(const Context& context)
    {
        return context.profile_->find(pair_algorithm(*context.profile_, KeySpec::exchange));
    }

    /// U-185: a provider without such a pair answers 0.
    template <auto Pair>
    static std::uint32_t step_bits(const Context& context)
    {
        const AlgorithmLimits* limits = Pair(context);
        return limits ? limits->step_bits : 0;
    }

    static std::uint32_t key_specs(const Context& context)
    {
        return (exchange_pair(context) ? AT_KEYEXCHANGE : 0u) |
               (signature_pair(context) ? AT_SIGNATURE : 0u);
    }

    static std::string_view name(const Context& context) { return context.profile_->name; } // U-68

    static std::string container(const Context& context)
    {
        constexpr std::size_t digits = 32;
        if (context.ephemeral_) // U-182
            return "capishim-" + context.container_->unique_name().substr(0, digits);
        return context.container_name_;
    }

    static std::string unique_container(const Context& context)
    {
        return context.container_->unique_name();
    }

    // ---- Security descriptors (U-183, U-191) ----

    static constexpr std::uint32_t descriptor_parts =
        OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION |
        SACL_SECURITY_INFORMATION;

    static void security_descriptor(Context& context, std::uint32_t flags, OutBuffer& out)
    {
        out.write(context.container_->security(flags));
        if (out.is_size_query())
            platform::set_last_error(
                ERROR_INSUFFICIENT_BUFFER); // observed.md, although it succeeds
    }

    /// Owner and group can't be given away, and nobody audits: only the DACL has an effect.
    static void set_security_descriptor(Context& context, const std::uint8_t* data,
                                        std::uint32_t flags)
    {
        context.container_->set_security(data, flags);
    }

    /// No data: success says that dwProtocols of PP_ENUMALGS_EX tells of CRYPT_FLAG_SIGNING
    /// (U-189).
    static void signing_protocols(Context& context, std::uint32_t, OutBuffer& out)
    {
        require(tells_signing(*context.profile_), Fault::bad_type);
        out.write({});
    }

    // ---- Enumerations (9.3) ----

    template <std::size_t Context::*Cursor, std::uint32_t ItemSize, auto Item>
    static void algorithms(Context& context, std::uint32_t flags, OutBuffer& out)
    {
        const bool first = checked_first(flags);
        const std::lock_guard lock(context.mutex_);
        std::size_t& cursor = context.*Cursor;
        if (first)
            cursor = 0;
        const auto rows = context.profile_->algorithms;
        if (!out.is_size_query() && cursor >= rows.size())
            end_of_enumeration(out);
        if (!out.offer(ItemSize)) // U-198: a size query does not advance
            return;
        out.write(Item(*context.profile_, rows[cursor]));
        ++cursor;
    }

    static const std::vector<std::string>& container_names(Context& context, std::uint32_t flags)
    {
        // A snapshot, so that a program may delete the containers that it walks through.
        if (!context.container_names_) {
            const bool machine = context.machine_ || (flags & CRYPT_MACHINE_KEYSET) != 0;
            context.container_names_ =
                open_file_store(context.profile_->family,
                                machine ? StoreScope::machine : StoreScope::user)
                    ->names();
        }
        return *context.container_names_;
    }

    static void containers(Context& context, std::uint32_t flags, OutBuffer& out)
    {
        const bool first = checked_first(flags);
        const std::lock_guard lock(context.mutex_);
        if (first) {
            context.container_cursor_ = 0;
            context.container_names_.reset();
        }
        if (out.is_size_query()) { // U-200: also where there is none
            out.offer(max_container_item_size);
            return;
        }
        const auto& names = container_names(context, flags);
        if (context.container_cursor_ >= names.size())
            end_of_enumeration(out);
        write_container(names[context.container_cursor_], out);
        ++context.container_cursor_;
    }

    static void write_container(const std::string& name, OutBuffer& out)
    {
        const std::uint32_t capacity = out.capacity();
        if (capacity < name.size() + 1)
            out.offer(max_container_item_size); // the size of the largest item, not of this one
        write_string(out, name);
        if (capacity >= max_container_item_size)
            out.written(capacity); // U-199 with observed.md's 261: the length stays as it was
    }

    // ---- Setting ----

    /// Nothing is ever shown to the user, so there is nothing to do (U-194).
    static void ignore(Context&, const std::uint8_t*, std::uint32_t) {}

    static void delete_key(Context& context, const std::uint8_t* data, std::uint32_t)
    {
        require(context.container_->remove(checked_key_spec(data)), Fault::no_key); // U-193
    }
};

void Context::get_param(std::uint32_t param, std::uint32_t flags, OutBuffer& out)
{
    using P = Params;
    constexpr std::uint32_t enumeration = CRYPT_FIRST | CRYPT_NEXT;
    // What is not listed is Fault::bad_type: smart cards' parameters, U-187, U-188, U-190.
    static constexpr std::array rows = {
        P::GetRow{PP_ENUMALGS, enumeration,
                  P::algorithms<&Context::algorithm_cursor_, algorithm_item_size, algorithm_item>},
        P::GetRow{PP_ENUMCONTAINERS, enumeration | CRYPT_MACHINE_KEYSET, P::containers},
        P::GetRow{PP_IMPTYPE, 0, P::constant<CRYPT_IMPL_SOFTWARE>},
        P::GetRow{PP_NAME, 0, P::string<P::name>},
        P::GetRow{PP_VERSION, 0, P::constant<version>},
        P::GetRow{PP_CONTAINER, 0, P::string<P::container>},
        P::GetRow{PP_KEYSET_SEC_DESCR, P::descriptor_parts, P::security_descriptor},
        P::GetRow{PP_PROVTYPE, 0, P::number<P::type>},
        P::GetRow{PP_KEYSTORAGE, 0, P::constant<CRYPT_SEC_DESCR>},
        P::GetRow{PP_SYM_KEYSIZE, 0, P::number<P::symmetric_bits>},
        P::GetRow{PP_SESSION_KEYSIZE, 0, P::number<P::symmetric_bits>},
        P::GetRow{PP_ENUMALGS_EX, enumeration | CRYPT_SGC_ENUM, // U-195
                  P::algorithms<&Context::algorithm_ex_cursor_, algorithm_ex_item_size,
                                algorithm_ex_item>},
        P::GetRow{PP_KEYSET_TYPE, 0, P::number<P::keyset_type>},
        P::GetRow{PP_SIG_KEYSIZE_INC, 0, P::number<P::step_bits<P::signature_pair>>},
        P::GetRow{PP_KEYX_KEYSIZE_INC, 0, P::number<P::step_bits<P::exchange_pair>>},
        P::GetRow{PP_UNIQUE_CONTAINER, 0, P::string<P::unique_container>},
        P::GetRow{PP_KEYSPEC, 0, P::number<P::key_specs>},
        P::GetRow{PP_ENUMEX_SIGNING_PROT, 0, P::signing_protocols},
    };
    static_assert(sorted_by(rows, &P::GetRow::id));

    const P::GetRow* row = find_row(rows, &P::GetRow::id, param);
    require(row != nullptr, Fault::bad_type);
    require((flags & ~row->flags) == 0, Fault::bad_flags);
    row->read(*this, flags, out);
}

void Context::set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags)
{
    using P = Params;
    static constexpr std::array rows = {
        // What is not listed is Fault::bad_type: lengths and algorithms of pairs (U-192), cards.
        P::SetRow{PP_CLIENT_HWND, 0, P::ignore},
        P::SetRow{PP_KEYSET_SEC_DESCR, P::descriptor_parts, P::set_security_descriptor},
        P::SetRow{PP_CONTEXT_INFO, 0, P::ignore},
        P::SetRow{PP_UI_PROMPT, 0, P::ignore},
        P::SetRow{PP_DELETEKEY, 0, P::delete_key},
        P::SetRow{PP_PIN_PROMPT_STRING, 0, P::ignore},
    };
    static_assert(sorted_by(rows, &P::SetRow::id));

    const P::SetRow* row = find_row(rows, &P::SetRow::id, param);
    require(row != nullptr, Fault::bad_type);
    require((flags & ~row->flags) == 0, Fault::bad_flags);
    row->write(*this, data, flags);
}

} // namespace capishim::csp
