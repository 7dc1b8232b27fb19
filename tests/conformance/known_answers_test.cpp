// SPDX-License-Identifier: BSD-2-Clause
// The known answers of cryptoapi.md 12 that only Crypt* can give: salts, blobs, signatures in their
// own byte order. Those that CNG shares are in both_faces_test.cpp.
#include "api/crypt/crypt_fixtures.h"
#include "support/interop_keys.h"

using namespace capishim_test;

namespace {

HCRYPTKEY kelp_key(const Provider& context, DWORD flags = 0)
{
    return derived(context.provider, CALG_RC4, hash_with(context, CALG_MD5, "1134-kelp"), flags);
}

std::string sealed(HCRYPTKEY key, const ByteVector& text)
{
    return to_hex(encrypted_part(key, text, TRUE));
}

std::string hash_of_bytes(const Provider& context, const ByteVector& bytes)
{
    const HCRYPTHASH hash = context.make_hash();
    add_data(hash, bytes);
    return to_hex(value_of(hash));
}

HCRYPTKEY password_key(const Provider& context, ALG_ID hash, ALG_ID algorithm, DWORD flags = 0)
{
    return derived(context.provider, algorithm, hash_with(context, hash, "password"),
                   flags | CRYPT_EXPORTABLE);
}

std::string signature_of(HCRYPTHASH hash, DWORD flags = 0)
{
    ByteVector signature(64);
    DWORD size = 64;
    REQUIRE_SUCCEEDS(CryptSignHashA(hash, AT_KEYEXCHANGE, nullptr, flags, signature.data(), &size));
    return to_hex(signature);
}

} // namespace

BOOST_AUTO_TEST_SUITE(official_vectors)

BOOST_AUTO_TEST_CASE(A_RC4_with_and_without_salt_in_Base)
{
    const Provider context(base_provider);
    const ByteVector text = counting(32);
    BOOST_CHECK_EQUAL(to_hex(value_of(hash_with(context, CALG_MD5, "1134-kelp"))),
                      "7340e6e274b8ea399395aa29d638b52a");
    BOOST_CHECK_EQUAL(sealed(kelp_key(context), text),
                      "2659de2444fa369c110cbb9db6a2bd24042ee3ba7276f3278dd5b42f56cff8c9");
    BOOST_CHECK_EQUAL(sealed(kelp_key(context, CRYPT_CREATE_SALT), text),
                      "47f45de2cc3b871b95bcfc39fb86d305daa291fb80f12a22c3b9ec91dd9faf50");
    BOOST_CHECK_EQUAL(sealed(kelp_key(context, CRYPT_NO_SALT), text),
                      "e21578e95ab37636d3601237f08c7e6fece0aca5e970e5909dad37e3b0686920");
    const HCRYPTKEY salted = kelp_key(context);
    REQUIRE_SUCCEEDS(set_salt_ex(salted, {1, 2, 3, 4}));
    BOOST_CHECK_EQUAL(sealed(salted, text),
                      "3e94840a1c8758386366c28a30e594a637b95790a8feca808c4ec50e11da8aec");
}

BOOST_AUTO_TEST_CASE(B_a_signature_with_a_description)
{
    const Provider context(base_provider);
    const HCRYPTKEY key = imported(context.provider, from_hex(other_public_blob));
    const ByteVector signature =
        from_hex("64f6463a972e8338095743cbca41590d0335d6e4366f2cfc634395c4fde2c4ed"
                 "06da9a2198fc0a6e3f1cad3adb7c832f14d0588002dfdc96700900e35bbd2b45");
    const HCRYPTHASH hash = hash_with(context, CALG_MD5, "1134-kelp");
    CHECK_SUCCEEDS(CryptVerifySignatureA(hash, signature.data(), size_of(signature), key,
                                         "Test Signature", 0));
    BOOST_CHECK_EQUAL(to_hex(value_of(hash)), "a82bdfc2c9f1bb623878d460face5c2a");
    const HCRYPTHASH wide = hash_with(context, CALG_MD5, "1134-kelp");
    CHECK_SUCCEEDS(CryptVerifySignatureW(wide, signature.data(), size_of(signature), key,
                                         L"Test Signature", 0));
}

// Nobody has B's private key: that the published block becomes the published SIMPLEBLOB is seen
// from the public side, which CNG lets through without padding.
BOOST_AUTO_TEST_CASE(C_a_session_key_under_a_public_key)
{
    const ByteVector block =
        from_hex("3f35064f7400c9dbb174b0de8ed4aac5998a4d194f0fed24b02e93fee9f4d493"
                 "dcac9e9f3a62bef1e41d445c33e52f4f5801951636f78665686c2a2879550200");
    const ByteVector blob =
        from_hex("010200000168000000a40000"
                 "e3c17862c41f514fe95089fd0d58bd9d74c75419bd973ba0f06cee8605741662"
                 "27a59963c46f95ed3e93ba9aea36cc9692e8aa152c50a13cd31f08e282cd902b");
    ByteVector public_key = from_hex(other_public_blob), input = reversed(block), output(64);
    BCRYPT_ALG_HANDLE rsa = nullptr;
    BCRYPT_KEY_HANDLE key = nullptr;
    ULONG size = 0;
    REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&rsa, BCRYPT_RSA_ALGORITHM, nullptr, 0),
                   STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptImportKeyPair(rsa, nullptr, LEGACY_RSAPUBLIC_BLOB, &key, public_key.data(),
                                       size_of(public_key), 0),
                   STATUS_SUCCESS);
    CHECK_STATUS(BCryptEncrypt(key, input.data(), size_of(input), nullptr, nullptr, 0,
                               output.data(), size_of(output), &size, BCRYPT_PAD_NONE),
                 STATUS_SUCCESS);
    BOOST_CHECK_EQUAL(to_hex(reversed(output)), to_hex(blob).substr(24));
    BCryptDestroyKey(key);
    BCryptCloseAlgorithmProvider(rsa, 0);
}

BOOST_AUTO_TEST_CASE(D_hashing_a_session_key)
{
    const Provider context(strong_provider);
    const HCRYPTKEY key = key_of(context.provider, CALG_RC4, from_hex("4a3aee7737"));
    const struct {
        ALG_ID algorithm;
        DWORD flags;
        const char* value;
    } rows[] = {
        {CALG_MD5, 0, "0b15550aa003f93f7582f7e79132bc8c"},
        {CALG_SHA1, 0, "3c37729353ff2a4fef1254185b3ac46303fd075d"},
        {CALG_MD5, CRYPT_LITTLE_ENDIAN, "2e304c88edb9ca658168e4bf00ceb0f6"},
        {CALG_SHA1, CRYPT_LITTLE_ENDIAN, "56a99d4e1c83791bc4b492067a84db9e68b1b32b"},
    };
    for (const auto& row : rows) {
        const HCRYPTHASH hash = context.make_hash(row.algorithm);
        CHECK_SUCCEEDS(CryptHashSessionKey(hash, key, row.flags));
        BOOST_CHECK_EQUAL(to_hex(value_of(hash)), row.value);
    }
}

BOOST_AUTO_TEST_CASE(E_a_private_key_comes_back_byte_for_byte)
{
    const Provider context(base_provider);
    const HCRYPTKEY pair = imported(context.provider, from_hex(interop_private_blob));
    const ByteVector blob = exported(pair, PRIVATEKEYBLOB);
    BOOST_CHECK_EQUAL(to_hex(blob), interop_private_blob);
    BOOST_CHECK_EQUAL(hash_of_bytes(context, blob), "8a9cf23c5d4990d24db25d05a896124e4ca67ba3");
}

BOOST_AUTO_TEST_CASE(F_the_HMAC_sample)
{
    const struct {
        ProviderName which;
        const char* value;
    } rows[] = {{strong_provider, "48f2573829294316fdf4db5831e10c74488ed4e2"},
                {base_provider, "2c88cc1875bd94be8227bd0589b9f9bb3599ddb7"}};
    for (const auto& row : rows) {
        const Provider context(row.which);
        const HCRYPTKEY key = password_key(context, CALG_SHA1, CALG_RC4);
        const HCRYPTHASH mac = keyed_hash(context.provider, CALG_HMAC, key);
        REQUIRE_SUCCEEDS(set_hmac_info(mac, CALG_SHA1));
        add_data(mac, bytes_of("message"));
        BOOST_CHECK_EQUAL(to_hex(value_of(mac)), row.value);
    }
}

// The sample reads each value through one more duplicate, and hashes its strings with their NUL.
BOOST_AUTO_TEST_CASE(G_the_duplicate_hash_sample)
{
    const Provider context(strong_provider);
    const auto duplicate = [](HCRYPTHASH hash) {
        HCRYPTHASH copy = 0;
        REQUIRE_SUCCEEDS(CryptDuplicateHash(hash, nullptr, 0, &copy));
        return copy;
    };
    const auto seen = [&](HCRYPTHASH hash) { return to_hex(value_of(duplicate(hash))); };
    const auto add = [](HCRYPTHASH hash, const char* text) {
        add_data(hash, ByteVector(text, text + std::strlen(text) + 1));
    };
    const HCRYPTHASH original = context.make_hash();
    add(original, "Some Common Data");
    const HCRYPTHASH copy = duplicate(original);
    for (const HCRYPTHASH hash : {original, copy})
        BOOST_CHECK_EQUAL(seen(hash), "a3c74d3632f5838d76c45a0523f3738e2f043c94");
    add(original, "Some Data");
    add(copy, "Other Data");
    BOOST_CHECK_EQUAL(seen(original), "b36a232efba83e28a21363cdee89636779b1c18d");
    BOOST_CHECK_EQUAL(seen(copy), "7f14db29fc8eb5334c1a9e17b13841828bcfb7e5");
}

BOOST_AUTO_TEST_CASE(H_the_plaintext_key_sample)
{
    const Provider context(enhanced_provider);
    const ByteVector blob = from_hex("080200000166000008000000f10e257c6bce0d34");
    BOOST_CHECK(exported(imported(context.provider, blob), PLAINTEXTKEYBLOB) == blob);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(derived_keys)

BOOST_AUTO_TEST_CASE(hold_the_bytes_of_12_2)
{
    const Provider context(aes_provider);
    const struct {
        ALG_ID hash, algorithm;
        const char* key;
    } rows[] = {
        {CALG_MD5, CALG_3DES, "9181a42f85ca981b6e71333dd231aa3c0febe61d54a40b73"},
        {CALG_SHA1, CALG_3DES, "a3bc508753274827cf2515600eaea32c226a7895c0533fcc"},
        {CALG_SHA1, CALG_DES, "5baa61e4c9b93f3f"},
        {CALG_SHA1, CALG_3DES_112, "5baa61e4c9b93f3f0682250b6cf8331b"}, // observed.md: truncation
        {CALG_SHA_256, CALG_3DES, "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd6"},
        {CALG_SHA1, CALG_RC4, "5baa61e4c9b93f3f0682250b6cf8331b"},
        {CALG_SHA_512, CALG_AES_256,
         "b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb9"},
    };
    for (const auto& row : rows) {
        ByteVector expected = from_hex(row.key);
        if (GET_ALG_TYPE(row.algorithm) == ALG_TYPE_BLOCK && row.algorithm != CALG_AES_256)
            for (BYTE& byte : expected) // U-117
                if (__builtin_popcount(byte) % 2 == 0)
                    byte ^= 1;
        BOOST_CHECK_EQUAL(to_hex(bytes_of_key(password_key(context, row.hash, row.algorithm))),
                          to_hex(expected));
    }
}

BOOST_AUTO_TEST_CASE(encrypt_as_12_2_has_it)
{
    const Provider context(aes_provider);
    const ByteVector message = bytes_of("message");
    const struct {
        ALG_ID hash, algorithm;
        DWORD flags, effective_bits;
        const char* ciphertext;
    } rows[] = {
        {CALG_SHA1, CALG_AES_256, 0, 0, "77a84059120d7d0574da1ef420b1c54d"},
        {CALG_SHA1, CALG_AES_128, 0, 0, "2c7a396a4ee0a8c6f02087afeba06520"},
        {CALG_SHA1, CALG_3DES, 0, 0, "cc9af62dbe357d3b"},
        {CALG_SHA1, CALG_3DES_112, 0, 0, "f152c7da7a294e2d"},
        {CALG_SHA1, CALG_DES, 0, 0, "0ea8a5b58a8536b3"},
        {CALG_MD5, CALG_RC2, 128 << 16, 0, "e9aac92b6b99098c"},
        {CALG_MD5, CALG_RC2, 128 << 16, 40, "3da7192fdf48748c"},
        {CALG_MD5, CALG_RC2, 40 << 16 | CRYPT_NO_SALT, 0, "1bbb261fd69348cf"},
        {CALG_MD5, CALG_RC2, 40 << 16, 0, "aff859069aa50c2f"},
        {CALG_MD5, CALG_RC2, 40 << 16, 128, "44c69812ae2aeadc"},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("algorithm " << std::hex << row.algorithm << ", flags " << row.flags)
        {
            const HCRYPTKEY key = password_key(context, row.hash, row.algorithm, row.flags);
            if (row.effective_bits)
                REQUIRE_SUCCEEDS(set_key_number(key, KP_EFFECTIVE_KEYLEN, row.effective_bits));
            BOOST_CHECK_EQUAL(sealed(key, message), row.ciphertext);
        }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ciphers_and_MACs)

BOOST_AUTO_TEST_CASE(CALG_MAC_pads_as_12_6_has_it)
{
    const Provider context(strong_provider);
    const HCRYPTKEY key = key_of(context.provider, CALG_DES, from_hex("0123456789abcdef"));
    const struct {
        const char* iv;
        const char* text;
        const char* value;
    } rows[] = {
        {"0000000000000000", "7654321 Now is the time for ", "7045eecdcde48ff2"},
        {"0000000000000000", "Now is the time for all ", "11b27d834a55577b"},
    };
    for (const auto& row : rows) {
        REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_IV, from_hex(row.iv).data(), 0));
        const HCRYPTHASH mac = keyed_hash(context.provider, CALG_MAC, key);
        add_data(mac, bytes_of(row.text));
        BOOST_CHECK_EQUAL(to_hex(value_of(mac)), row.value);
    }
}

BOOST_AUTO_TEST_CASE(CFB_pads_its_last_section)
{
    const Provider context(aes_provider); // U-127
    const HCRYPTKEY key =
        key_of(context.provider, CALG_AES_128, from_hex("2b7e151628aed2a6abf7158809cf4f3c"));
    REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, CRYPT_MODE_CFB));
    REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_IV, counting(16).data(), 0));
    BOOST_CHECK_EQUAL(sealed(key, bytes_of("message")), "3d9c2ac0eb00c94b121534ad9bbea029");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(RSA_with_the_key_of_12_1_E)

BOOST_AUTO_TEST_CASE(signs_as_12_10_has_it)
{
    const Provider context(aes_provider);
    imported(context.provider, from_hex(interop_private_blob));
    const struct {
        ALG_ID hash;
        DWORD flags;
        const char* signature;
    } rows[] = {
        {CALG_SHA1, 0,
         "dc164ca66fe6fb57d0283706aca8422d2ebeaf56a2b78ae79b582cc1ab82c70d"
         "1ba3e089e3077131a153f6cf13745566ea628101adda71b5fb019d00da31185a"},
        {CALG_SHA1, CRYPT_NOHASHOID,
         "5af78f6a620d8c4b0788a9e5ee4f444e1332cc10edf13f911fba69aa01c93e24"
         "df2b69c581e49407f020f00b2d3524937af3d6c4bc828684c5c1d1ec2ca38c33"},
        {CALG_MD5, 0,
         "ed8eba09e5fb045fdbf8f6f952f49aa892384d0f4a6267f024b46e205a1adfd8"
         "126ab26522e8814ff1fa89483c9fabbfcb093fec33fc2455d02620711718c16c"},
        {CALG_SHA_256, 0,
         "70002180b6f94a548a4f5dfc85831ce2b7db7d672a04f8470b6a843e5104bf37"
         "9d62c431fbab3c70ca01bf147b2ce16167c78630ead2d972335eebab9c4a2a55"},
        {CALG_SHA1, CRYPT_X931_FORMAT,
         "6c075585dbffbeea0a78327ce2c519261a9e9e52876ca6db631e1a31e681ae09"
         "6e98ad11c56e2a648cdff0ad987063bf4e84b5af440b9bc2de6232171944052e"},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("hash " << std::hex << row.hash << ", flags " << row.flags)
    BOOST_CHECK_EQUAL(signature_of(hash_with(context, row.hash, "abc"), row.flags), row.signature);
    const HCRYPTHASH both = context.make_hash(CALG_SSL3_SHAMD5);
    REQUIRE_SUCCEEDS(CryptSetHashParam(
        both, HP_HASHVAL,
        from_hex("900150983cd24fb0d6963f7d28e17f72a9993e364706816aba3e25717850c26c9cd0d89d").data(),
        0));
    BOOST_CHECK_EQUAL(signature_of(both),
                      "d04026132e85914ef3feb9c13c4a519c3bb59e32b39d08c2dd1c929dfedcb1a8"
                      "4844ad9e54b25d49cc3c07452b72134396191993204b85b63750c03d80fae92c");
}

BOOST_AUTO_TEST_CASE(decrypts_as_12_10_has_it)
{
    const Provider context(strong_provider);
    const HCRYPTKEY pair = imported(context.provider, from_hex(interop_private_blob));
    BOOST_CHECK(
        decrypted(pair,
                  from_hex("57415772620467485b971cb466c389f045204d011c39bf332a593802e696d520"
                           "5b2e6e041e576a1dc52690f853396d9bb309172437b39d1f9b6bc68a272edd44")) ==
        bytes_of("message"));
    BOOST_CHECK(
        decrypted(pair,
                  from_hex("2bc1b03cf0f920ab12937516a6a18fa4fcde414cdcc07ecac3152e578338a37e"
                           "05ff9ae76f64f2c51c5330306bede1add1dab0f6544687d90414df48732f7538"),
                  CRYPT_OAEP) == counting(16));
    ByteVector label = bytes_of("label");
    CRYPT_DATA_BLOB blob = {size_of(label), label.data()};
    REQUIRE_SUCCEEDS(
        CryptSetKeyParam(pair, KP_OAEP_PARAMS, reinterpret_cast<const BYTE*>(&blob), 0));
    BOOST_CHECK(
        decrypted(pair,
                  from_hex("44b1d02ccb76d140be3ee10c370d45f99e64a4157488394aea82a85b7d59c0dc"
                           "f8329d38ebb07aa88a65f3284ff9d9249bca16788c328be1f3d88f8aa3ba0a41"),
                  CRYPT_OAEP) == bytes_of("message"));
}

BOOST_AUTO_TEST_CASE(imports_the_SIMPLEBLOB_of_12_10)
{
    const Provider context(strong_provider);
    const HCRYPTKEY pair = imported(context.provider, from_hex(interop_private_blob));
    const ByteVector blob =
        from_hex("010200000168000000a40000"
                 "52d451f413bdd5c8a3dd93487ee0a0a72ed2abf7e141eaf56d47bc9d6f398ff5"
                 "b5563e31f344daf32e6f2cb8368fa895bb6335f7adfef50a66cc044b16e9a484");
    BOOST_CHECK(bytes_of_key(imported(context.provider, blob, pair)) == counting(16));
}

// KB228786: under a pair whose exponents are 1, the block stands in the clear.
BOOST_AUTO_TEST_CASE(shows_the_block_of_12_10_to_a_pair_of_exponents_of_one)
{
    ByteVector pair_blob = from_hex(interop_private_blob);
    const auto set_to_one = [&](std::size_t offset, std::size_t size) {
        std::fill_n(pair_blob.begin() + static_cast<std::ptrdiff_t>(offset), size, BYTE{0});
        pair_blob[offset] = 1;
    };
    set_to_one(16, 4);             // the public exponent
    set_to_one(20 + 64 + 64, 32);  // dp
    set_to_one(20 + 64 + 96, 32);  // dq
    set_to_one(20 + 64 + 160, 64); // d
    const Provider context(strong_provider);
    const HCRYPTKEY pair = imported(context.provider, pair_blob);

    ByteVector block = reversed(counting(16)); // 0f0e..00, 00, 2d2c..01, 0200
    block.push_back(0);
    const ByteVector padding = reversed(counting(0x2E));
    block.insert(block.end(), padding.begin(), padding.end() - 1);
    block.insert(block.end(), {2, 0});
    const ByteVector head = from_hex("010200000168000000a40000");
    const HCRYPTKEY key = imported(context.provider, concatenated({head, block}), pair);
    BOOST_CHECK(bytes_of_key(key) == counting(16));

    const ByteVector blob = exported(key, SIMPLEBLOB, pair);
    BOOST_CHECK_EQUAL(to_hex(blob).substr(0, 24 + 34), "010200000168000000a40000"
                                                       "0f0e0d0c0b0a0908070605040302010000");
    BOOST_CHECK(std::find(blob.begin() + 12 + 17, blob.end() - 2, 0) == blob.end() - 2);
    BOOST_CHECK_EQUAL(to_hex(blob).substr(2 * 74), "0200");
}

BOOST_AUTO_TEST_CASE(encrypts_the_PRIVATEKEYBLOB_as_12_10_has_it)
{
    const Provider context(strong_provider);
    const HCRYPTKEY pair = imported(context.provider, from_hex(interop_private_blob));
    const struct {
        ALG_ID algorithm;
        std::size_t size;
        const char* head;
        const char* digest;
    } rows[] = {
        {CALG_RC4, 308, "0702000000a40000335fcac6eb4b91fe8d9b3d582257211e",
         "b9dec0298d660ef8bdc0306dc70ac6efa6135046"},
        {CALG_3DES, 312, "0702000000a400003ce2decae95ff06d75f8a5f9f2016665",
         "ac393799cfafaa09f2719dcc99159fd61ba354f0"},
    };
    for (const auto& row : rows) {
        const HCRYPTKEY under = password_key(context, CALG_SHA1, row.algorithm);
        const ByteVector blob = exported(pair, PRIVATEKEYBLOB, under);
        BOOST_CHECK_EQUAL(blob.size(), row.size);
        BOOST_CHECK_EQUAL(to_hex(blob).substr(0, 48), row.head);
        BOOST_CHECK_EQUAL(hash_of_bytes(context, blob), row.digest);
        BOOST_CHECK_EQUAL(to_hex(exported(imported(context.provider, blob, under), PRIVATEKEYBLOB)),
                          interop_private_blob);
    }
}

// 4.12: the key part of a PVK file, strong and weak.
BOOST_AUTO_TEST_CASE(encrypts_the_PVK_files_of_12_10)
{
    const Provider context(strong_provider);
    const HCRYPTKEY pair = imported(context.provider, from_hex(interop_private_blob));
    for (const DWORD bits : {128u, 40u}) {
        const HCRYPTHASH hash = context.make_hash();
        add_data(hash, counting(16));
        add_data(hash, bytes_of("password"));
        const HCRYPTKEY under = derived(context.provider, CALG_RC4, hash, bits << 16);
        const ByteVector blob = exported(pair, PRIVATEKEYBLOB, under);
        BOOST_CHECK_EQUAL(to_hex(blob).substr(16, 32), bits == 128
                                                           ? "6bef25e27ecd57de8c664ba6cddbffb6"
                                                           : "e06a08509d845de1d5d4b4e75db9ce31");
        if (bits == 128)
            BOOST_CHECK_EQUAL(hash_of_bytes(context, blob),
                              "5fcdaccc60f0c78cea8328b52e6f852102848c46");
    }
}

BOOST_AUTO_TEST_SUITE_END()
