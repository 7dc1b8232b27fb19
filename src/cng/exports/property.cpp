// SPDX-License-Identifier: BSD-2-Clause
// BCryptGetProperty and BCryptSetProperty: cng.md 1.5, 1.6 and section 3.
#include "abi/call.h"
#include "abi/exports.h"
#include "base/out_buffer.h"
#include "cng/exports/algorithm_ref.h"
#include "cng/exports/text.h"
#include "cng/properties.h"

namespace capishim::cng {
namespace {

/// Runs `visit` on the object that a BCRYPT_HANDLE names, whatever its kind.
template <class Visit>
void with_object(const void* value, Visit visit)
{
    using handle::Kind;
    switch (handle::NumberFormat::kind(handle_of(value))) {
    case Kind::cng_key:
        return visit(*pin<KeyObject>(value));
    case Kind::cng_hash:
        return visit(*pin<HashObject>(value));
    case Kind::secret:
        return visit(*pin<SecretObject>(value));
    default:
        return visit(*AlgorithmRef(value));
    }
}

// ---- Values in the caller's form ---------------------------------------------------------------

template <class Unit>
SecureBytes encode_text(std::string_view text, std::size_t size)
{
    SecureBytes bytes(size);
    put_text<Unit>(bytes.data(), text);
    return bytes;
}

/// BCRYPT_OID_LIST, whose pointers lead into the caller's own buffer (N-100).
void write_oid_list(ByteView der, OutBuffer& out)
{
    constexpr std::size_t head = sizeof(BCRYPT_OID_LIST) + sizeof(BCRYPT_OID);
    if (!out.offer(head + der.size()))
        return;
    std::uint8_t* const start = out.room().data();
    const BCRYPT_OID_LIST list{1, reinterpret_cast<BCRYPT_OID*>(start + sizeof(BCRYPT_OID_LIST))};
    const BCRYPT_OID oid{static_cast<ULONG>(der.size()), start + head};
    std::memcpy(start, &list, sizeof list); // the buffer owes no alignment
    std::memcpy(start + sizeof list, &oid, sizeof oid);
    std::ranges::copy(der, start + head);
    out.written(head + der.size());
}

/// BCRYPT_ECC_CURVE_NAMES: its array of pointers, then the names, all in the caller's buffer.
template <class Unit>
void write_name_list(const NameList& names, OutBuffer& out)
{
    std::size_t size = sizeof(BCRYPT_ECC_CURVE_NAMES) + names.size() * sizeof(LPWSTR);
    for (const std::string_view name : names)
        size += text_size<Unit>(name);
    if (!out.offer(size))
        return;
    std::uint8_t* pointer = out.room().data() + sizeof(BCRYPT_ECC_CURVE_NAMES);
    const BCRYPT_ECC_CURVE_NAMES head{static_cast<ULONG>(names.size()),
                                      reinterpret_cast<LPWSTR*>(pointer)};
    std::memcpy(out.room().data(), &head, sizeof head); // the buffer owes no alignment
    std::uint8_t* text = pointer + names.size() * sizeof(LPWSTR);
    for (const std::string_view name : names) {
        std::memcpy(pointer, &text, sizeof text);
        pointer += sizeof text;
        text = put_text<Unit>(text, name);
    }
    out.written(size);
}

template <class Unit>
struct ValueWriter {
    OutBuffer& out;

    void operator()(std::uint32_t value) const { out.write_u32(value); }
    void operator()(const SecureBytes& bytes) const { out.write(bytes); }
    void operator()(const OidText& oid) const { write_oid_list(oid.der, out); }
    void operator()(const MultiObjectLength& lengths) const
    {
        const BCRYPT_MULTI_OBJECT_LENGTH_STRUCT structure{lengths.per_object, lengths.per_element};
        out.write(view(&structure, sizeof structure));
    }
    void operator()(const NameList& names) const { write_name_list<Unit>(names, out); }
    void operator()(const KeyLengths& lengths) const
    {
        const BCRYPT_KEY_LENGTHS_STRUCT structure{lengths.min_bits, lengths.max_bits,
                                                  lengths.step_bits};
        out.write(view(&structure, sizeof structure));
    }
    void operator()(std::string_view text) const
    {
        out.write(encode_text<Unit>(text, text_size<Unit>(text)));
    }
    void operator()(FieldText field) const
    {
        out.write(encode_text<Unit>(field.text, FieldText::units * sizeof(Unit)));
    }
};

/// ProviderHandle of a key or hash; N-18: a handle that has been closed is not handed out.
void write_provider_handle(const Origin& origin, OutBuffer& out)
{
    if (!pseudo_algorithm(origin.provider))
        handle::handles().pin<AlgorithmObject>(handle::Handle{origin.provider});
    out.write(view(&origin.provider, sizeof origin.provider));
}

template <class Unit, class Object>
void write_property(const Object& object, std::string_view name, OutBuffer& out)
{
    if constexpr (std::is_same_v<Object, SecretObject>)
        throw Error(Fault::not_supported); // N-33: secrets let only be set
    else {
        if constexpr (requires { object.origin(); })
            if (name == "ProviderHandle")
                return write_provider_handle(object.origin(), out);
        std::visit(ValueWriter<Unit>{out}, get_property(object, name));
    }
}

template <class Unit>
NTSTATUS get(BCRYPT_HANDLE hObject, const Unit* pszProperty, PUCHAR pbOutput, ULONG cbOutput,
             ULONG* pcbResult, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptGetProperty,
        [&] {
            with_object(hObject, [&](const auto& object) {
                const Name name(pszProperty);
                OutBuffer out(pbOutput, cbOutput, pcbResult);
                require(dwFlags == 0, Fault::bad_flags);
                write_property<Unit>(object, name, out);
            });
        },
        hObject, pszProperty, pbOutput, cbOutput, pcbResult, dwFlags);
}

// ---- Setting -----------------------------------------------------------------------------------

template <class Unit, class Object>
void set_on(Object& object, const Unit* property, const std::uint8_t* input, std::uint32_t size,
            std::uint32_t flags)
{
    const Name name(property);
    require(flags == 0, Fault::bad_flags);
    require(input || size == 0, Fault::invalid_parameter);
    if (!is_text_property(name))
        return set_property(object, name, {{}, view(input, size)});
    const Name text(units<Unit>(input)); // to its NUL: callers pass odd sizes (cng.md 1.6)
    set_property(object, name, {text, {}});
}

template <class Unit>
NTSTATUS set(BCRYPT_HANDLE hObject, const Unit* pszProperty, PUCHAR pbInput, ULONG cbInput,
             ULONG dwFlags)
{
    return nt_call(
        Api::BCryptSetProperty,
        [&] {
            with_object(hObject, [&]<class Object>(Object& object) {
                if constexpr (std::is_same_v<Object, const AlgorithmObject>) {
                    const bool pseudo = AlgorithmRef(hObject).is_pseudo();
                    require(!pseudo, Fault::access_denied); // observed.md part 2 A
                    const auto algorithm =
                        handle::handles().pin<AlgorithmObject>(handle_of(hObject));
                    set_on(*algorithm, pszProperty, pbInput, cbInput, dwFlags);
                } else {
                    set_on(object, pszProperty, pbInput, cbInput, dwFlags);
                }
            });
        },
        hObject, pszProperty, pbInput, cbInput, dwFlags);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptGetProperty(BCRYPT_HANDLE hObject, const char16_t* pszProperty,
                                  PUCHAR pbOutput, ULONG cbOutput, ULONG* pcbResult, ULONG dwFlags)
{
    return get(hObject, pszProperty, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI BCryptGetProperty_w32(BCRYPT_HANDLE hObject, const char32_t* pszProperty,
                                      PUCHAR pbOutput, ULONG cbOutput, ULONG* pcbResult,
                                      ULONG dwFlags)
{
    return get(hObject, pszProperty, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI BCryptSetProperty(BCRYPT_HANDLE hObject, const char16_t* pszProperty,
                                  PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    return set(hObject, pszProperty, pbInput, cbInput, dwFlags);
}

NTSTATUS WINAPI BCryptSetProperty_w32(BCRYPT_HANDLE hObject, const char32_t* pszProperty,
                                      PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    return set(hObject, pszProperty, pbInput, cbInput, dwFlags);
}
