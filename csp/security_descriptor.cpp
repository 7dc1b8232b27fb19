// SPDX-License-Identifier: BSD-2-Clause
#include "csp/security_descriptor.h"

#include <capishim/wincrypt.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <optional>

namespace capishim::csp {
namespace {

constexpr std::uint8_t descriptor_revision = 1, sid_revision = 1, acl_revision = 2;
constexpr std::size_t descriptor_size = 20; // self-relative, without what it points to

enum Control : std::uint16_t { dacl_present = 0x0004, self_relative = 0x8000 };
enum AceType : std::uint8_t { access_allowed = 0, access_denied = 1 };

constexpr std::uint32_t all_access = 0x001F01FF;   // FILE_ALL_ACCESS
constexpr std::uint32_t read_access = 0x00120089;  // FILE_GENERIC_READ
constexpr std::uint32_t any_reading = 0x90000001U; // GENERIC_READ, GENERIC_ALL, FILE_READ_DATA

// ---- SIDs --------------------------------------------------------------------------------------

constexpr std::uint8_t world_authority = 1, nt_authority = 5, unix_authority = 22;

Bytes sid(std::uint8_t authority, std::initializer_list<std::uint32_t> parts)
{
    Bytes bytes = {sid_revision, static_cast<std::uint8_t>(parts.size()), 0, 0, 0, 0, 0, authority};
    LittleEndianWriter writer(bytes);
    for (const std::uint32_t part : parts)
        writer.u32(part);
    return bytes;
}

Bytes user_sid(std::uint32_t user)
{
    return sid(unix_authority, {1, user});
}

Bytes group_sid(std::uint32_t group)
{
    return sid(unix_authority, {2, group});
}

Bytes everyone_sid()
{
    return sid(world_authority, {0});
}

bool means_everyone(ByteView subject)
{
    const std::array wide = {everyone_sid(), sid(nt_authority, {11}), sid(nt_authority, {32, 545})};
    return std::ranges::any_of(
        wide, [&](const Bytes& known) { return std::ranges::equal(known, subject); });
}

// ---- Writing -----------------------------------------------------------------------------------

void write_ace(Bytes& acl, std::uint32_t mask, const Bytes& subject)
{
    LittleEndianWriter writer(acl);
    writer.u8(access_allowed);
    writer.u8(0);
    writer.u16(static_cast<std::uint16_t>(8 + subject.size()));
    writer.u32(mask);
    writer.bytes(subject);
}

Bytes dacl_for(const Access& access)
{
    Bytes entries;
    std::uint16_t count = 1;
    write_ace(entries, all_access, user_sid(access.owner));
    if (access.readers != Readers::owner) {
        ++count;
        write_ace(entries, read_access, group_sid(access.group));
    }
    if (access.readers == Readers::everyone) {
        ++count;
        write_ace(entries, read_access, everyone_sid());
    }
    Bytes acl;
    LittleEndianWriter writer(acl);
    writer.u8(acl_revision);
    writer.u8(0);
    writer.u16(static_cast<std::uint16_t>(8 + entries.size()));
    writer.u16(count);
    writer.u16(0);
    writer.bytes(entries);
    return acl;
}

// ---- Reading -----------------------------------------------------------------------------------

std::uint16_t control_of(const std::uint8_t* descriptor)
{
    return LittleEndianReader(view(descriptor + 2, 2)).u16();
}

/// The ACL, or nothing when there is none, which lets everybody in.
const std::uint8_t* dacl_of(const std::uint8_t* descriptor)
{
    const std::uint16_t control = control_of(descriptor);
    if ((control & dacl_present) == 0)
        return nullptr;
    if (control & self_relative) {
        const std::uint32_t offset = LittleEndianReader(view(descriptor + 16, 4)).u32();
        return offset == 0 ? nullptr : descriptor + offset;
    }
    // Absolute: four pointers, aligned, of which this is the last.
    const std::uint8_t* dacl = nullptr;
    std::memcpy(&dacl, descriptor + 4 * sizeof dacl, sizeof dacl);
    return dacl;
}

/// Entries count in their order; the first that names a subject decides.
class Verdict {
  public:
    void take(std::uint8_t type) { allowed_ = allowed_.value_or(type == access_allowed); }
    bool allowed() const { return allowed_.value_or(false); }

  private:
    std::optional<bool> allowed_;
};

Readers readers_by_acl(const std::uint8_t* acl, const Access& access)
{
    LittleEndianReader header(view(acl, 8));
    header.u16(); // revision
    const std::uint16_t size = header.u16();
    const std::uint16_t count = header.u16();
    require(size >= 8, Fault::bad_data);
    LittleEndianReader entries(view(acl + 8, size - 8U));
    Verdict everyone, group;
    for (int i = 0; i < count; ++i) {
        const std::uint8_t type = entries.u8();
        entries.u8();
        const std::uint16_t entry_size = entries.u16();
        require(entry_size >= 8, Fault::bad_data);
        const std::uint32_t mask = entries.u32();
        const ByteView subject = entries.bytes(entry_size - 8U);
        if (type > access_denied || (mask & any_reading) == 0)
            continue;
        if (means_everyone(subject))
            everyone.take(type);
        else if (std::ranges::equal(subject, group_sid(access.group)))
            group.take(type);
    }
    return everyone.allowed() ? Readers::everyone
           : group.allowed()  ? Readers::group
                              : Readers::owner;
}

} // namespace

Bytes write_security_descriptor(const Access& access, std::uint32_t information)
{
    const bool has_dacl = (information & DACL_SECURITY_INFORMATION) != 0;
    const Bytes none;
    const Bytes parts[] = {
        information & OWNER_SECURITY_INFORMATION ? user_sid(access.owner) : none,
        information & GROUP_SECURITY_INFORMATION ? group_sid(access.group) : none,
        none, // SACL
        has_dacl ? dacl_for(access) : none,
    };
    Bytes descriptor;
    LittleEndianWriter writer(descriptor);
    writer.u8(descriptor_revision);
    writer.u8(0);
    writer.u16(static_cast<std::uint16_t>(self_relative | (has_dacl ? dacl_present : 0)));
    std::size_t offset = descriptor_size;
    for (const Bytes& part : parts) {
        writer.u32(part.empty() ? 0 : static_cast<std::uint32_t>(offset));
        offset += part.size();
    }
    for (const Bytes& part : parts)
        writer.bytes(part);
    return descriptor;
}

Readers readers_by_dacl(const std::uint8_t* descriptor, const Access& access)
{
    require(descriptor != nullptr && descriptor[0] == descriptor_revision,
            Fault::invalid_parameter);
    const std::uint8_t* const acl = dacl_of(descriptor);
    if (!acl)
        return Readers::everyone;
    try {
        return readers_by_acl(acl, access);
    } catch (const Error&) {
        throw Error(Fault::invalid_parameter);
    }
}

} // namespace capishim::csp
