// SPDX-License-Identifier: BSD-2-Clause
// CryptoAPI 1.0: constants, structures and functions of contexts, keys, hashes and providers
// (cryptoapi.md), and the CP* interface of the providers themselves (cryptoapi.md 11).
#pragma once

#include "detail/types.h"
#include "winerror.h"

// Left out on purpose: crypt32's certificates and messages. Their names (X509_NAME,
// PKCS7_SIGNER_INFO, ...) would clash with OpenSSL's in one source file, and nothing here
// implements them.

// clang-format off

// ---- Algorithm identifiers: class << 13 | type << 9 | number (cryptoapi.md 3) -------------------
#define GET_ALG_CLASS(x) ((x) & (7 << 13))
#define GET_ALG_TYPE(x)  ((x) & (15 << 9))
#define GET_ALG_SID(x)   ((x) & 511)

#define ALG_CLASS_ANY          (0)
#define ALG_CLASS_SIGNATURE    (1 << 13)
#define ALG_CLASS_MSG_ENCRYPT  (2 << 13)
#define ALG_CLASS_DATA_ENCRYPT (3 << 13)
#define ALG_CLASS_HASH         (4 << 13)
#define ALG_CLASS_KEY_EXCHANGE (5 << 13)
#define ALG_CLASS_ALL          (7 << 13)

#define ALG_TYPE_ANY           (0)
#define ALG_TYPE_DSS           (1 << 9)
#define ALG_TYPE_RSA           (2 << 9)
#define ALG_TYPE_BLOCK         (3 << 9)
#define ALG_TYPE_STREAM        (4 << 9)
#define ALG_TYPE_DH            (5 << 9)
#define ALG_TYPE_SECURECHANNEL (6 << 9)
#define ALG_TYPE_ECDH          (7 << 9)
#define ALG_TYPE_THIRDPARTY    (8 << 9)

#define ALG_SID_ANY                  0
#define ALG_SID_THIRDPARTY_ANY       0
#define ALG_SID_RSA_ANY              0
#define ALG_SID_RSA_PKCS             1
#define ALG_SID_RSA_MSATWORK         2
#define ALG_SID_RSA_ENTRUST          3
#define ALG_SID_RSA_PGP              4
#define ALG_SID_DSS_ANY              0
#define ALG_SID_DSS_PKCS             1
#define ALG_SID_DSS_DMS              2
#define ALG_SID_ECDSA                3
#define ALG_SID_DES                  1
#define ALG_SID_RC2                  2
#define ALG_SID_3DES                 3
#define ALG_SID_DESX                 4
#define ALG_SID_IDEA                 5
#define ALG_SID_CAST                 6
#define ALG_SID_SAFERSK64            7
#define ALG_SID_SAFERSK128           8
#define ALG_SID_3DES_112             9
#define ALG_SID_SKIPJACK             10
#define ALG_SID_TEK                  11
#define ALG_SID_CYLINK_MEK           12
#define ALG_SID_RC5                  13
#define ALG_SID_AES_128              14
#define ALG_SID_AES_192              15
#define ALG_SID_AES_256              16
#define ALG_SID_AES                  17
#define ALG_SID_RC4                  1
#define ALG_SID_SEAL                 2
#define ALG_SID_DH_SANDF             1
#define ALG_SID_DH_EPHEM             2
#define ALG_SID_AGREED_KEY_ANY       3
#define ALG_SID_KEA                  4
#define ALG_SID_ECDH                 5
#define ALG_SID_ECDH_EPHEM           6
#define ALG_SID_ECMQV                1
#define ALG_SID_MD2                  1
#define ALG_SID_MD4                  2
#define ALG_SID_MD5                  3
#define ALG_SID_SHA                  4
#define ALG_SID_SHA1                 4
#define ALG_SID_MAC                  5
#define ALG_SID_RIPEMD               6
#define ALG_SID_RIPEMD160            7
#define ALG_SID_SSL3SHAMD5           8
#define ALG_SID_HMAC                 9
#define ALG_SID_TLS1PRF              10
#define ALG_SID_HASH_REPLACE_OWF     11
#define ALG_SID_SHA_256              12
#define ALG_SID_SHA_384              13
#define ALG_SID_SHA_512              14
#define ALG_SID_SSL3_MASTER          1
#define ALG_SID_SCHANNEL_MASTER_HASH 2
#define ALG_SID_SCHANNEL_MAC_KEY     3
#define ALG_SID_PCT1_MASTER          4
#define ALG_SID_SSL2_MASTER          5
#define ALG_SID_TLS1_MASTER          6
#define ALG_SID_SCHANNEL_ENC_KEY     7
#define ALG_SID_EXAMPLE              80

#define CALG_MD2                  0x00008001
#define CALG_MD4                  0x00008002
#define CALG_MD5                  0x00008003
#define CALG_SHA                  0x00008004
#define CALG_SHA1                 0x00008004
#define CALG_MAC                  0x00008005
#define CALG_SSL3_SHAMD5          0x00008008
#define CALG_HMAC                 0x00008009
#define CALG_TLS1PRF              0x0000800A
#define CALG_HASH_REPLACE_OWF     0x0000800B
#define CALG_SHA_256              0x0000800C
#define CALG_SHA_384              0x0000800D
#define CALG_SHA_512              0x0000800E
#define CALG_NO_SIGN              0x00002000
#define CALG_DSS_SIGN             0x00002200
#define CALG_ECDSA                0x00002203
#define CALG_RSA_SIGN             0x00002400
#define CALG_ECMQV                0x0000A001
#define CALG_HUGHES_MD5           0x0000A003
#define CALG_RSA_KEYX             0x0000A400
#define CALG_DH_SF                0x0000AA01
#define CALG_DH_EPHEM             0x0000AA02
#define CALG_AGREEDKEY_ANY        0x0000AA03
#define CALG_KEA_KEYX             0x0000AA04
#define CALG_ECDH                 0x0000AA05
#define CALG_ECDH_EPHEM           0x0000AE06
#define CALG_NULLCIPHER           0x00006000
#define CALG_DES                  0x00006601
#define CALG_RC2                  0x00006602
#define CALG_3DES                 0x00006603
#define CALG_DESX                 0x00006604
#define CALG_3DES_112             0x00006609
#define CALG_SKIPJACK             0x0000660A
#define CALG_TEK                  0x0000660B
#define CALG_CYLINK_MEK           0x0000660C
#define CALG_RC5                  0x0000660D
#define CALG_AES_128              0x0000660E
#define CALG_AES_192              0x0000660F
#define CALG_AES_256              0x00006610
#define CALG_AES                  0x00006611
#define CALG_RC4                  0x00006801
#define CALG_SEAL                 0x00006802
#define CALG_SSL3_MASTER          0x00004C01
#define CALG_SCHANNEL_MASTER_HASH 0x00004C02
#define CALG_SCHANNEL_MAC_KEY     0x00004C03
#define CALG_PCT1_MASTER          0x00004C04
#define CALG_SSL2_MASTER          0x00004C05
#define CALG_TLS1_MASTER          0x00004C06
#define CALG_SCHANNEL_ENC_KEY     0x00004C07
#define CALG_THIRDPARTY_KEY_EXCHANGE 0x0000B000
#define CALG_THIRDPARTY_SIGNATURE    0x00003000
#define CALG_THIRDPARTY_CIPHER       0x00007000
#define CALG_THIRDPARTY_HASH         0x00009000
#define CALG_OID_INFO_CNG_ONLY       0xFFFFFFFF
#define CALG_OID_INFO_PARAMETERS     0xFFFFFFFE

// ---- Contexts and providers -------------------------------------------------------------------
// CryptAcquireContext
#define CRYPT_VERIFYCONTEXT              0xF0000000
#define CRYPT_NEWKEYSET                  0x00000008
#define CRYPT_DELETEKEYSET               0x00000010
#define CRYPT_MACHINE_KEYSET             0x00000020
#define CRYPT_SILENT                     0x00000040
#define CRYPT_DEFAULT_CONTAINER_OPTIONAL 0x00000080

// CryptGetDefaultProvider, CryptSetProviderEx
#define CRYPT_MACHINE_DEFAULT 0x00000001
#define CRYPT_USER_DEFAULT    0x00000002
#define CRYPT_DELETE_DEFAULT  0x00000004

#define PROV_RSA_FULL      1
#define PROV_RSA_SIG       2
#define PROV_DSS           3
#define PROV_FORTEZZA      4
#define PROV_MS_EXCHANGE   5
#define PROV_SSL           6
#define PROV_STT_MER       7
#define PROV_STT_ACQ       8
#define PROV_STT_BRND      9
#define PROV_STT_ROOT      10
#define PROV_STT_ISS       11
#define PROV_RSA_SCHANNEL  12
#define PROV_DSS_DH        13
#define PROV_EC_ECDSA_SIG  14
#define PROV_EC_ECNRA_SIG  15
#define PROV_EC_ECDSA_FULL 16
#define PROV_EC_ECNRA_FULL 17
#define PROV_DH_SCHANNEL   18
#define PROV_SPYRUS_LYNKS  20
#define PROV_RNG           21
#define PROV_INTEL_SEC     22
#define PROV_REPLACE_OWF   23
#define PROV_RSA_AES       24

#define MS_DEF_PROV_A              "Microsoft Base Cryptographic Provider v1.0"
#define MS_DEF_PROV_W             L"Microsoft Base Cryptographic Provider v1.0"
#define MS_ENHANCED_PROV_A         "Microsoft Enhanced Cryptographic Provider v1.0"
#define MS_ENHANCED_PROV_W        L"Microsoft Enhanced Cryptographic Provider v1.0"
#define MS_STRONG_PROV_A           "Microsoft Strong Cryptographic Provider"
#define MS_STRONG_PROV_W          L"Microsoft Strong Cryptographic Provider"
#define MS_DEF_RSA_SIG_PROV_A      "Microsoft RSA Signature Cryptographic Provider"
#define MS_DEF_RSA_SIG_PROV_W     L"Microsoft RSA Signature Cryptographic Provider"
#define MS_DEF_RSA_SCHANNEL_PROV_A "Microsoft RSA SChannel Cryptographic Provider"
#define MS_DEF_RSA_SCHANNEL_PROV_W L"Microsoft RSA SChannel Cryptographic Provider"
#define MS_DEF_DSS_PROV_A          "Microsoft Base DSS Cryptographic Provider"
#define MS_DEF_DSS_PROV_W         L"Microsoft Base DSS Cryptographic Provider"
#define MS_DEF_DSS_DH_PROV_A       "Microsoft Base DSS and Diffie-Hellman Cryptographic Provider"
#define MS_DEF_DSS_DH_PROV_W      L"Microsoft Base DSS and Diffie-Hellman Cryptographic Provider"
#define MS_ENH_DSS_DH_PROV_A       "Microsoft Enhanced DSS and Diffie-Hellman Cryptographic Provider"
#define MS_ENH_DSS_DH_PROV_W      L"Microsoft Enhanced DSS and Diffie-Hellman Cryptographic Provider"
#define MS_DEF_DH_SCHANNEL_PROV_A  "Microsoft DH SChannel Cryptographic Provider"
#define MS_DEF_DH_SCHANNEL_PROV_W L"Microsoft DH SChannel Cryptographic Provider"
#define MS_SCARD_PROV_A            "Microsoft Base Smart Card Crypto Provider"
#define MS_SCARD_PROV_W           L"Microsoft Base Smart Card Crypto Provider"
#define MS_ENH_RSA_AES_PROV_A      "Microsoft Enhanced RSA and AES Cryptographic Provider"
#define MS_ENH_RSA_AES_PROV_W     L"Microsoft Enhanced RSA and AES Cryptographic Provider"
#define MS_ENH_RSA_AES_PROV_XP_A   "Microsoft Enhanced RSA and AES Cryptographic Provider (Prototype)"
#define MS_ENH_RSA_AES_PROV_XP_W  L"Microsoft Enhanced RSA and AES Cryptographic Provider (Prototype)"

#ifdef UNICODE
#define MS_DEF_PROV              MS_DEF_PROV_W
#define MS_ENHANCED_PROV         MS_ENHANCED_PROV_W
#define MS_STRONG_PROV           MS_STRONG_PROV_W
#define MS_DEF_RSA_SIG_PROV      MS_DEF_RSA_SIG_PROV_W
#define MS_DEF_RSA_SCHANNEL_PROV MS_DEF_RSA_SCHANNEL_PROV_W
#define MS_DEF_DSS_PROV          MS_DEF_DSS_PROV_W
#define MS_DEF_DSS_DH_PROV       MS_DEF_DSS_DH_PROV_W
#define MS_ENH_DSS_DH_PROV       MS_ENH_DSS_DH_PROV_W
#define MS_DEF_DH_SCHANNEL_PROV  MS_DEF_DH_SCHANNEL_PROV_W
#define MS_SCARD_PROV            MS_SCARD_PROV_W
#define MS_ENH_RSA_AES_PROV      MS_ENH_RSA_AES_PROV_W
#define MS_ENH_RSA_AES_PROV_XP   MS_ENH_RSA_AES_PROV_XP_W
#else
#define MS_DEF_PROV              MS_DEF_PROV_A
#define MS_ENHANCED_PROV         MS_ENHANCED_PROV_A
#define MS_STRONG_PROV           MS_STRONG_PROV_A
#define MS_DEF_RSA_SIG_PROV      MS_DEF_RSA_SIG_PROV_A
#define MS_DEF_RSA_SCHANNEL_PROV MS_DEF_RSA_SCHANNEL_PROV_A
#define MS_DEF_DSS_PROV          MS_DEF_DSS_PROV_A
#define MS_DEF_DSS_DH_PROV       MS_DEF_DSS_DH_PROV_A
#define MS_ENH_DSS_DH_PROV       MS_ENH_DSS_DH_PROV_A
#define MS_DEF_DH_SCHANNEL_PROV  MS_DEF_DH_SCHANNEL_PROV_A
#define MS_SCARD_PROV            MS_SCARD_PROV_A
#define MS_ENH_RSA_AES_PROV      MS_ENH_RSA_AES_PROV_A
#define MS_ENH_RSA_AES_PROV_XP   MS_ENH_RSA_AES_PROV_XP_A
#endif
#define MAXUIDLEN 64

// CryptGetProvParam (cryptoapi.md 9.1)
#define PP_ENUMALGS              1
#define PP_ENUMCONTAINERS        2
#define PP_IMPTYPE               3
#define PP_NAME                  4
#define PP_VERSION               5
#define PP_CONTAINER             6
#define PP_CHANGE_PASSWORD       7
#define PP_KEYSET_SEC_DESCR      8
#define PP_CERTCHAIN             9
#define PP_KEY_TYPE_SUBTYPE      10
#define PP_PROVTYPE              16
#define PP_KEYSTORAGE            17
#define PP_APPLI_CERT            18
#define PP_SYM_KEYSIZE           19
#define PP_SESSION_KEYSIZE       20
#define PP_UI_PROMPT             21
#define PP_ENUMALGS_EX           22
#define PP_ENUMMANDROOTS         25
#define PP_ENUMELECTROOTS        26
#define PP_KEYSET_TYPE           27
#define PP_ADMIN_PIN             31
#define PP_KEYEXCHANGE_PIN       32
#define PP_SIGNATURE_PIN         33
#define PP_SIG_KEYSIZE_INC       34
#define PP_KEYX_KEYSIZE_INC      35
#define PP_UNIQUE_CONTAINER      36
#define PP_SGC_INFO              37
#define PP_USE_HARDWARE_RNG      38
#define PP_KEYSPEC               39
#define PP_ENUMEX_SIGNING_PROT   40
#define PP_CRYPT_COUNT_KEY_USE   41
#define PP_USER_CERTSTORE        42
#define PP_SMARTCARD_READER      43
#define PP_SMARTCARD_GUID        45
#define PP_ROOT_CERTSTORE        46
#define PP_SMARTCARD_READER_ICON 47

// CryptSetProvParam (cryptoapi.md 9.2)
#define PP_CLIENT_HWND            1
#define PP_CONTEXT_INFO           11
#define PP_KEYEXCHANGE_KEYSIZE    12
#define PP_SIGNATURE_KEYSIZE      13
#define PP_KEYEXCHANGE_ALG        14
#define PP_SIGNATURE_ALG          15
#define PP_DELETEKEY              24
#define PP_PIN_PROMPT_STRING      44
#define PP_SECURE_KEYEXCHANGE_PIN 47
#define PP_SECURE_SIGNATURE_PIN   48
#define PP_DISMISS_PIN_UI_SEC     49

#define CRYPT_FIRST    1
#define CRYPT_NEXT     2
#define CRYPT_SGC_ENUM 4

#define CRYPT_IMPL_HARDWARE  1
#define CRYPT_IMPL_SOFTWARE  2
#define CRYPT_IMPL_MIXED     3
#define CRYPT_IMPL_UNKNOWN   4
#define CRYPT_IMPL_REMOVABLE 8

#define CRYPT_SEC_DESCR 0x00000001
#define CRYPT_PSTORE    0x00000002
#define CRYPT_UI_PROMPT 0x00000004

#define CRYPT_FLAG_PCT1    0x0001
#define CRYPT_FLAG_SSL2    0x0002
#define CRYPT_FLAG_SSL3    0x0004
#define CRYPT_FLAG_TLS1    0x0008
#define CRYPT_FLAG_IPSEC   0x0010
#define CRYPT_FLAG_SIGNING 0x0020

#define CRYPT_SGC     0x0001
#define CRYPT_FASTSGC 0x0002

// PP_KEYSET_SEC_DESCR
#define OWNER_SECURITY_INFORMATION 0x00000001
#define GROUP_SECURITY_INFORMATION 0x00000002
#define DACL_SECURITY_INFORMATION  0x00000004
#define SACL_SECURITY_INFORMATION  0x00000008

// ---- Keys -------------------------------------------------------------------------------------
#define AT_KEYEXCHANGE 1
#define AT_SIGNATURE   2

// CryptGenKey, CryptDeriveKey, CryptImportKey. Values serve several meanings: ask by function.
#define CRYPT_EXPORTABLE                0x00000001
#define CRYPT_USER_PROTECTED            0x00000002
#define CRYPT_CREATE_SALT               0x00000004
#define CRYPT_UPDATE_KEY                0x00000008
#define CRYPT_NO_SALT                   0x00000010
#define CRYPT_PREGEN                    0x00000040
#define CRYPT_RECIPIENT                 0x00000010
#define CRYPT_INITIATOR                 0x00000040
#define CRYPT_ONLINE                    0x00000080
#define CRYPT_SF                        0x00000100
#define CRYPT_CREATE_IV                 0x00000200
#define CRYPT_KEK                       0x00000400
#define CRYPT_DATA_KEY                  0x00000800
#define CRYPT_VOLATILE                  0x00001000
#define CRYPT_SGCKEY                    0x00002000
#define CRYPT_ARCHIVABLE                0x00004000
#define CRYPT_FORCE_KEY_PROTECTION_HIGH 0x00008000
#define CRYPT_USER_PROTECTED_STRONG     0x00100000
#define CRYPT_SERVER                    0x00000400
#define CRYPT_IPSEC_HMAC_KEY            0x00000100
#define RSA1024BIT_KEY                  0x04000000
#define KEY_LENGTH_MASK                 0xFFFF0000

// CryptExportKey, CryptImportKey, CryptEncrypt, CryptDecrypt
#define CRYPT_Y_ONLY                       0x00000001
#define CRYPT_SSL2_FALLBACK                0x00000002
#define CRYPT_DESTROYKEY                   0x00000004
#define CRYPT_OAEP                         0x00000040
#define CRYPT_BLOB_VER3                    0x00000080
#define CRYPT_DECRYPT_RSA_NO_PADDING_CHECK 0x00000020

#define SIMPLEBLOB           0x1
#define PUBLICKEYBLOB        0x6
#define PRIVATEKEYBLOB       0x7
#define PLAINTEXTKEYBLOB     0x8
#define OPAQUEKEYBLOB        0x9
#define PUBLICKEYBLOBEX      0xA
#define SYMMETRICWRAPKEYBLOB 0xB
#define KEYSTATEBLOB         0xC
#define CUR_BLOB_VERSION     2

// CryptGetKeyParam, CryptSetKeyParam (cryptoapi.md 8)
#define KP_IV               1
#define KP_SALT             2
#define KP_PADDING          3
#define KP_MODE             4
#define KP_MODE_BITS        5
#define KP_PERMISSIONS      6
#define KP_ALGID            7
#define KP_BLOCKLEN         8
#define KP_KEYLEN           9
#define KP_SALT_EX          10
#define KP_P                11
#define KP_G                12
#define KP_Q                13
#define KP_X                14
#define KP_Y                15
#define KP_RA               16
#define KP_RB               17
#define KP_INFO             18
#define KP_EFFECTIVE_KEYLEN 19
#define KP_SCHANNEL_ALG     20
#define KP_CLIENT_RANDOM    21
#define KP_SERVER_RANDOM    22
#define KP_RP               23
#define KP_PRECOMP_MD5      24
#define KP_PRECOMP_SHA      25
#define KP_CERTIFICATE      26
#define KP_CLEAR_KEY        27
#define KP_PUB_EX_LEN       28
#define KP_PUB_EX_VAL       29
#define KP_KEYVAL           30
#define KP_ADMIN_PIN        31
#define KP_KEYEXCHANGE_PIN  32
#define KP_SIGNATURE_PIN    33
#define KP_PREHASH          34
#define KP_ROUNDS           35
#define KP_OAEP_PARAMS      36
#define KP_CMS_KEY_INFO     37
#define KP_CMS_DH_KEY_INFO  38
#define KP_PUB_PARAMS       39
#define KP_VERIFY_PARAMS    40
#define KP_HIGHEST_VERSION  41
#define KP_GET_USE_COUNT    42
#define KP_PIN_ID           43
#define KP_PIN_INFO         44

#define PKCS5_PADDING  1
#define RANDOM_PADDING 2
#define ZERO_PADDING   3

#define CRYPT_MODE_CBC     1
#define CRYPT_MODE_ECB     2
#define CRYPT_MODE_OFB     3
#define CRYPT_MODE_CFB     4
#define CRYPT_MODE_CTS     5
#define CRYPT_MODE_CBCI    6
#define CRYPT_MODE_CFBP    7
#define CRYPT_MODE_OFBP    8
#define CRYPT_MODE_CBCOFM  9
#define CRYPT_MODE_CBCOFMI 10

#define CRYPT_ENCRYPT    0x0001
#define CRYPT_DECRYPT    0x0002
#define CRYPT_EXPORT     0x0004
#define CRYPT_READ       0x0008
#define CRYPT_WRITE      0x0010
#define CRYPT_MAC        0x0020
#define CRYPT_EXPORT_KEY 0x0040
#define CRYPT_IMPORT_KEY 0x0080
#define CRYPT_ARCHIVE    0x0100

// SCHANNEL_ALG
#define SCHANNEL_MAC_KEY    0x00000000
#define SCHANNEL_ENC_KEY    0x00000001
#define INTERNATIONAL_USAGE 0x00000001

// ---- Hashes and signatures --------------------------------------------------------------------
#define HP_ALGID         0x0001
#define HP_HASHVAL       0x0002
#define HP_HASHSIZE      0x0004
#define HP_HMAC_INFO     0x0005
#define HP_TLS1PRF_LABEL 0x0006
#define HP_TLS1PRF_SEED  0x0007

#define CRYPT_SECRETDIGEST     0x00000001
#define CRYPT_OWF_REPL_LM_HASH 0x00000001
#define CRYPT_USERDATA         1
#define CRYPT_LITTLE_ENDIAN    0x00000001

#define CRYPT_NOHASHOID    0x00000001
#define CRYPT_TYPE2_FORMAT 0x00000002
#define CRYPT_X931_FORMAT  0x00000004

#define CRYPT_FAILED  FALSE
#define CRYPT_SUCCEED TRUE
#define RCRYPT_SUCCEEDED(result) ((result) == CRYPT_SUCCEED)
#define RCRYPT_FAILED(result)    ((result) == CRYPT_FAILED)

// ---- Names a provider's registration uses -----------------------------------------------------
#define SIGNATURE_RESOURCE_NUMBER                       0x29A
#define EXPO_OFFLOAD_REG_VALUE                          "ExpoOffload"
#define EXPO_OFFLOAD_FUNC_NAME                          "OffloadModExpo"
#define szKEY_CRYPTOAPI_PRIVATE_KEY_OPTIONS             "Software\\Policies\\Microsoft\\Cryptography"
#define szKEY_CACHE_ENABLED                             "CachePrivateKeys"
#define szKEY_CACHE_SECONDS                             "PrivateKeyLifetimeSeconds"
#define szPRIV_KEY_CACHE_MAX_ITEMS                      "PrivKeyCacheMaxItems"
#define cPRIV_KEY_CACHE_MAX_ITEMS_DEFAULT               20
#define szPRIV_KEY_CACHE_PURGE_INTERVAL_SECONDS         "PrivKeyCachePurgeIntervalSeconds"
#define cPRIV_KEY_CACHE_PURGE_INTERVAL_SECONDS_DEFAULT  86400

// Passed to crypt32's functions only, but written in headers and tables of many CryptoAPI programs.
#define X509_ASN_ENCODING   0x00000001
#define PKCS_7_ASN_ENCODING 0x00010000

// clang-format on

CAPISHIM_BEGIN_C

// ---- Types ------------------------------------------------------------------------------------
typedef unsigned int ALG_ID;
typedef ULONG_PTR HCRYPTPROV;
typedef ULONG_PTR HCRYPTKEY;
typedef ULONG_PTR HCRYPTHASH;

/// One pair of length and bytes under the many names that say what the bytes are.
typedef struct _CRYPTOAPI_BLOB {
    DWORD cbData;
    BYTE* pbData;
} CRYPT_INTEGER_BLOB, *PCRYPT_INTEGER_BLOB, CRYPT_UINT_BLOB, *PCRYPT_UINT_BLOB, CRYPT_OBJID_BLOB,
    *PCRYPT_OBJID_BLOB, CERT_NAME_BLOB, *PCERT_NAME_BLOB, CERT_RDN_VALUE_BLOB,
    *PCERT_RDN_VALUE_BLOB, CERT_BLOB, *PCERT_BLOB, CRL_BLOB, *PCRL_BLOB, DATA_BLOB, *PDATA_BLOB,
    CRYPT_DATA_BLOB, *PCRYPT_DATA_BLOB, CRYPT_HASH_BLOB, *PCRYPT_HASH_BLOB, CRYPT_DIGEST_BLOB,
    *PCRYPT_DIGEST_BLOB, CRYPT_DER_BLOB, *PCRYPT_DER_BLOB, CRYPT_ATTR_BLOB, *PCRYPT_ATTR_BLOB;

// ---- Key blobs (cryptoapi.md 4) ---------------------------------------------------------------
typedef struct _PUBLICKEYSTRUC {
    BYTE bType;
    BYTE bVersion;
    WORD reserved;
    ALG_ID aiKeyAlg;
} BLOBHEADER, PUBLICKEYSTRUC;

typedef struct _RSAPUBKEY {
    DWORD magic; // "RSA1" public, "RSA2" private
    DWORD bitlen;
    DWORD pubexp;
} RSAPUBKEY;

typedef struct _PUBKEY {
    DWORD magic;
    DWORD bitlen;
} DHPUBKEY, DSSPUBKEY, KEAPUBKEY, TEKPUBKEY;

typedef struct _DSSSEED {
    DWORD counter;
    BYTE seed[20];
} DSSSEED;

typedef struct _PUBKEYVER3 {
    DWORD magic;
    DWORD bitlenP;
    DWORD bitlenQ;
    DWORD bitlenJ;
    DSSSEED DSSSeed;
} DHPUBKEY_VER3, DSSPUBKEY_VER3;

typedef struct _PRIVKEYVER3 {
    DWORD magic;
    DWORD bitlenP;
    DWORD bitlenQ;
    DWORD bitlenJ;
    DWORD bitlenX;
    DSSSEED DSSSeed;
} DHPRIVKEY_VER3, DSSPRIVKEY_VER3;

// ---- Parameters of keys, hashes and providers -------------------------------------------------
typedef struct _HMAC_Info {
    ALG_ID HashAlgid;
    BYTE* pbInnerString;
    DWORD cbInnerString;
    BYTE* pbOuterString;
    DWORD cbOuterString;
} HMAC_INFO, *PHMAC_INFO;

typedef struct _SCHANNEL_ALG {
    DWORD dwUse;
    ALG_ID Algid;
    DWORD cBits;
    DWORD dwFlags;
    DWORD dwReserved;
} SCHANNEL_ALG, *PSCHANNEL_ALG;

typedef struct _CMS_KEY_INFO {
    DWORD dwVersion;
    ALG_ID Algid;
    BYTE* pbOID;
    DWORD cbOID;
} CMS_KEY_INFO, *PCMS_KEY_INFO;

typedef struct _CMS_DH_KEY_INFO {
    DWORD dwVersion;
    ALG_ID Algid;
    LPSTR pszContentEncObjId;
    CRYPT_DATA_BLOB PubInfo;
    void* pReserved;
} CMS_DH_KEY_INFO, *PCMS_DH_KEY_INFO;

typedef struct _PROV_ENUMALGS {
    ALG_ID aiAlgid;
    DWORD dwBitLen;
    DWORD dwNameLen;
    CHAR szName[20];
} PROV_ENUMALGS;

typedef struct _PROV_ENUMALGS_EX {
    ALG_ID aiAlgid;
    DWORD dwDefaultLen;
    DWORD dwMinLen;
    DWORD dwMaxLen;
    DWORD dwProtocols;
    DWORD dwNameLen;
    CHAR szName[20];
    DWORD dwLongNameLen;
    CHAR szLongName[40];
} PROV_ENUMALGS_EX;

typedef struct _KEY_TYPE_SUBTYPE {
    DWORD dwKeySpec;
    GUID Type;
    GUID Subtype;
} KEY_TYPE_SUBTYPE, *PKEY_TYPE_SUBTYPE;

typedef struct _CERT_FORTEZZA_DATA_PROP {
    unsigned char SerialNumber[8];
    int CertIndex;
    unsigned char CertLabel[36];
} CERT_FORTEZZA_DATA_PROP;

// ---- Key states (KEYSTATEBLOB; named for completeness, U-112) ---------------------------------
typedef struct _CRYPT_RC4_KEY_STATE {
    unsigned char Key[16];
    unsigned char SBox[256];
    unsigned char i;
    unsigned char j;
} CRYPT_RC4_KEY_STATE, *PCRYPT_RC4_KEY_STATE;

typedef struct _CRYPT_DES_KEY_STATE {
    unsigned char Key[8];
    unsigned char IV[8];
    unsigned char Feedback[8];
} CRYPT_DES_KEY_STATE, *PCRYPT_DES_KEY_STATE;

typedef struct _CRYPT_3DES_KEY_STATE {
    unsigned char Key[24];
    unsigned char IV[8];
    unsigned char Feedback[8];
} CRYPT_3DES_KEY_STATE, *PCRYPT_3DES_KEY_STATE;

typedef struct _CRYPT_AES_128_KEY_STATE {
    unsigned char Key[16];
    unsigned char IV[16];
    unsigned char EncryptionState[11][16];
    unsigned char DecryptionState[11][16];
    unsigned char Feedback[16];
} CRYPT_AES_128_KEY_STATE, *PCRYPT_AES_128_KEY_STATE;

typedef struct _CRYPT_AES_256_KEY_STATE {
    unsigned char Key[32];
    unsigned char IV[16];
    unsigned char EncryptionState[15][16];
    unsigned char DecryptionState[15][16];
    unsigned char Feedback[16];
} CRYPT_AES_256_KEY_STATE, *PCRYPT_AES_256_KEY_STATE;

// ---- The provider's side (cryptoapi.md 11) ----------------------------------------------------
typedef BOOL(WINAPI* CRYPT_VERIFY_IMAGE_A)(LPCSTR szImage, const BYTE* pbSigData);
typedef BOOL(WINAPI* CRYPT_VERIFY_IMAGE_W)(LPCWSTR szImage, const BYTE* pbSigData);
typedef void(WINAPI* CRYPT_RETURN_HWND)(HWND* phWnd);

typedef struct _VTableProvStruc {
    DWORD Version; // 1: to FuncReturnhWnd; 2: to cbContextInfo; 3: all
    FARPROC FuncVerifyImage;
    FARPROC FuncReturnhWnd;
    DWORD dwProvType;
    BYTE* pbContextInfo;
    DWORD cbContextInfo;
    LPSTR pszProvName;
} VTableProvStruc, *PVTableProvStruc;

CAPISHIM_END_C

#ifndef CAPISHIM_BUILDING
#include "detail/advapi32_prototypes.h"
#endif
