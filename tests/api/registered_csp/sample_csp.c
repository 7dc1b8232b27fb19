/* SPDX-License-Identifier: BSD-2-Clause
   A vendor's provider in small, as its image is loaded: all entry points, handles of its own, and
   algorithms that are real but useless. A session key is one byte that data is XORed with; the hash
   is FNV-1a; a signature is the hash after the description, plus the pair's number. */
#include "sample_csp.h"

#include <cspdk.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT 256

typedef struct {
    int alive;
    HCRYPTPROV owner;
    BYTE value;
    DWORD permissions;
} Key;

typedef struct {
    int alive;
    HCRYPTPROV owner;
    DWORD value;
} Hash;

typedef struct {
    const char* entry;
    unsigned count;
    SampleCall last;
} Record;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int contexts[LIMIT];
static Key keys[LIMIT];
static Hash hashes[LIMIT];
static Record records[40];
static SampleTable seen;
static _Atomic CRYPT_RETURN_HWND return_window;
static const char* _Atomic failing;
static _Atomic DWORD failing_code;
static _Atomic BOOL failing_silently;
static const char* _Atomic held;
static _Atomic BOOL waiting;

/* Handles: a kind in the hundreds of thousands, and an index. */
#define CONTEXT 0x100000u
#define KEY 0x200000u
#define HASH 0x300000u

static Record* record_of(const char* entry)
{
    unsigned i;
    for (i = 0; records[i].entry && strcmp(records[i].entry, entry) != 0; ++i)
        ;
    records[i].entry = entry;
    return &records[i];
}

unsigned SampleCount(const char* entry)
{
    unsigned count;
    pthread_mutex_lock(&lock);
    count = record_of(entry)->count;
    pthread_mutex_unlock(&lock);
    return count;
}

SampleCall SampleLast(const char* entry)
{
    SampleCall last;
    pthread_mutex_lock(&lock);
    last = record_of(entry)->last;
    pthread_mutex_unlock(&lock);
    return last;
}

void SampleForget(void)
{
    pthread_mutex_lock(&lock);
    memset(records, 0, sizeof records);
    pthread_mutex_unlock(&lock);
}

SampleLive SampleAlive(void)
{
    SampleLive live = {0, 0, 0};
    int i;
    pthread_mutex_lock(&lock);
    for (i = 0; i < LIMIT; ++i) {
        live.contexts += contexts[i];
        live.keys += keys[i].alive;
        live.hashes += hashes[i].alive;
    }
    pthread_mutex_unlock(&lock);
    return live;
}

SampleTable SampleTableSeen(void)
{
    SampleTable copy;
    pthread_mutex_lock(&lock);
    copy = seen;
    pthread_mutex_unlock(&lock);
    return copy;
}

HWND SampleWindow(void)
{
    const CRYPT_RETURN_HWND give_window = return_window;
    HWND window = NULL;
    give_window(&window);
    return window;
}

void SampleFail(const char* entry, DWORD code, BOOL silent)
{
    failing = entry;
    failing_code = code;
    failing_silently = silent;
}

void SampleHold(const char* entry)
{
    held = entry;
}

BOOL SampleWaiting(void)
{
    return waiting;
}

static BOOL fail(DWORD code)
{
    SetLastError(code);
    return FALSE;
}

static BOOL is(const char* chosen, const char* entry)
{
    return chosen && strcmp(chosen, entry) == 0;
}

/* Notes a call; FALSE when it is told to fail. */
static BOOL enter(const char* entry, HCRYPTPROV prov, HCRYPTKEY key, HCRYPTHASH hash,
                  HCRYPTKEY other, DWORD flags)
{
    const SampleCall call = {prov, key, hash, other, flags};
    Record* record;
    pthread_mutex_lock(&lock);
    record = record_of(entry);
    record->last = call;
    ++record->count;
    pthread_mutex_unlock(&lock);
    while (is(held, entry)) {
        waiting = TRUE;
        usleep(1000);
    }
    waiting = FALSE;
    if (!is(failing, entry))
        return TRUE;
    return failing_silently ? FALSE : fail(failing_code);
}

static BOOL live_context(HCRYPTPROV prov)
{
    BOOL live;
    pthread_mutex_lock(&lock);
    live = prov >= CONTEXT && prov < CONTEXT + LIMIT && contexts[prov - CONTEXT];
    pthread_mutex_unlock(&lock);
    return live;
}

static BOOL owned(const int* alive, const HCRYPTPROV* owner, HCRYPTPROV prov)
{
    BOOL answer;
    pthread_mutex_lock(&lock);
    answer = *alive && *owner == prov;
    pthread_mutex_unlock(&lock);
    return answer;
}

static void end(int* alive)
{
    pthread_mutex_lock(&lock);
    *alive = 0;
    pthread_mutex_unlock(&lock);
}

static Key* key_of(HCRYPTPROV prov, HCRYPTKEY handle)
{
    Key* const key = handle >= KEY && handle < KEY + LIMIT ? &keys[handle - KEY] : NULL;
    if (!live_context(prov))
        return fail((DWORD)NTE_BAD_UID), NULL;
    return key && owned(&key->alive, &key->owner, prov) ? key
                                                        : (fail((DWORD)NTE_BAD_KEY), (Key*)NULL);
}

static Hash* hash_of(HCRYPTPROV prov, HCRYPTHASH handle)
{
    Hash* const hash = handle >= HASH && handle < HASH + LIMIT ? &hashes[handle - HASH] : NULL;
    if (!live_context(prov))
        return fail((DWORD)NTE_BAD_UID), NULL;
    return hash && owned(&hash->alive, &hash->owner, prov)
               ? hash
               : (fail((DWORD)NTE_BAD_HASH), (Hash*)NULL);
}

static BOOL new_key(HCRYPTPROV prov, BYTE value, HCRYPTKEY* handle)
{
    int i;
    if (!live_context(prov))
        return fail((DWORD)NTE_BAD_UID);
    pthread_mutex_lock(&lock);
    for (i = 0; i < LIMIT && keys[i].alive; ++i)
        ;
    if (i < LIMIT) {
        const Key key = {1, prov, value, 0};
        keys[i] = key;
        *handle = KEY + i;
    }
    pthread_mutex_unlock(&lock);
    return i < LIMIT ? TRUE : fail((DWORD)NTE_NO_MEMORY);
}

static BOOL new_hash(HCRYPTPROV prov, DWORD value, HCRYPTHASH* handle)
{
    int i;
    if (!live_context(prov))
        return fail((DWORD)NTE_BAD_UID);
    pthread_mutex_lock(&lock);
    for (i = 0; i < LIMIT && hashes[i].alive; ++i)
        ;
    if (i < LIMIT) {
        const Hash hash = {1, prov, value};
        hashes[i] = hash;
        *handle = HASH + i;
    }
    pthread_mutex_unlock(&lock);
    return i < LIMIT ? TRUE : fail((DWORD)NTE_NO_MEMORY);
}

/* The size protocol. */
static BOOL give(const void* bytes, DWORD size, BYTE* data, DWORD* length)
{
    const DWORD room = *length;
    *length = size;
    if (!data)
        return TRUE;
    if (room < size)
        return fail(ERROR_MORE_DATA);
    memcpy(data, bytes, size);
    return TRUE;
}

static DWORD hashed(DWORD value, const BYTE* data, DWORD size)
{
    DWORD i;
    for (i = 0; i < size; ++i)
        value = (value ^ data[i]) * 16777619u;
    return value;
}

/* ---- contexts ---- */

static void look_at(const VTableProvStruc* table, const char* container)
{
    const CRYPT_VERIFY_IMAGE_A verify = (CRYPT_VERIFY_IMAGE_A)(void*)table->FuncVerifyImage;
    const CRYPT_RETURN_HWND give_window = (CRYPT_RETURN_HWND)(void*)table->FuncReturnhWnd;
    SampleTable now;
    memset(&now, 0, sizeof now);
    now.version = table->Version;
    now.type = table->dwProvType;
    strncpy(now.name, table->pszProvName, sizeof now.name - 1);
    now.has_container = container != NULL;
    if (container)
        strncpy(now.container, container, sizeof now.container - 1);
    now.image_verified = verify("sample", (const BYTE*)"signature");
    give_window(&now.window);
    return_window = give_window;
    pthread_mutex_lock(&lock);
    seen = now;
    pthread_mutex_unlock(&lock);
}

BOOL WINAPI CPAcquireContext(HCRYPTPROV* phProv, CHAR* szContainer, DWORD dwFlags,
                             PVTableProvStruc pVTable)
{
    int i;
    if (!enter("CPAcquireContext", 0, 0, 0, 0, dwFlags))
        return FALSE;
    look_at(pVTable, szContainer);
    if (dwFlags & CRYPT_DELETEKEYSET)
        return TRUE;
    pthread_mutex_lock(&lock);
    for (i = 0; i < LIMIT - 1 && contexts[i]; ++i)
        ;
    contexts[i] = 1;
    pthread_mutex_unlock(&lock);
    *phProv = CONTEXT + i;
    SetLastError(ERROR_INTERNAL_ERROR); /* untidy, and seen on Windows */
    return TRUE;
}

BOOL WINAPI CPReleaseContext(HCRYPTPROV hProv, DWORD dwFlags)
{
    int i;
    const BOOL good = enter("CPReleaseContext", hProv, 0, 0, 0, dwFlags);
    if (!live_context(hProv))
        return fail((DWORD)NTE_BAD_UID);
    pthread_mutex_lock(&lock);
    contexts[hProv - CONTEXT] = 0;
    for (i = 0; i < LIMIT; ++i) {
        if (keys[i].owner == hProv)
            keys[i].alive = 0;
        if (hashes[i].owner == hProv)
            hashes[i].alive = 0;
    }
    pthread_mutex_unlock(&lock);
    if (!good)
        return FALSE;
    return dwFlags ? fail((DWORD)NTE_BAD_FLAGS) : TRUE;
}

BOOL WINAPI CPGetProvParam(HCRYPTPROV hProv, DWORD dwParam, BYTE* pbData, DWORD* pdwDataLen,
                           DWORD dwFlags)
{
    static const char name[] = "What the sample calls itself";
    if (!enter("CPGetProvParam", hProv, 0, 0, 0, dwFlags))
        return FALSE;
    if (!live_context(hProv))
        return fail((DWORD)NTE_BAD_UID);
    if (dwParam != PP_NAME)
        return fail((DWORD)NTE_BAD_TYPE);
    return give(name, sizeof name, pbData, pdwDataLen);
}

BOOL WINAPI CPSetProvParam(HCRYPTPROV hProv, DWORD dwParam, const BYTE* pbData, DWORD dwFlags)
{
    (void)pbData;
    if (!enter("CPSetProvParam", hProv, 0, 0, 0, dwFlags))
        return FALSE;
    if (!live_context(hProv))
        return fail((DWORD)NTE_BAD_UID);
    return dwParam == PP_USE_HARDWARE_RNG ? TRUE : fail((DWORD)NTE_BAD_TYPE);
}

#ifndef SAMPLE_WITHOUT_RANDOM
/* As vendors do it: what is not their own trade is left to Microsoft's provider. */
static BOOL draw(BYTE* data, DWORD size)
{
    HCRYPTPROV base;
    BOOL drawn;
    if (!CryptAcquireContextA(&base, NULL, MS_STRONG_PROV_A, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT))
        return FALSE;
    drawn = CryptGenRandom(base, size, data);
    return CryptReleaseContext(base, 0) && drawn;
}

BOOL WINAPI CPGenRandom(HCRYPTPROV hProv, DWORD dwLen, BYTE* pbBuffer)
{
    if (!enter("CPGenRandom", hProv, 0, 0, 0, 0))
        return FALSE;
    if (!live_context(hProv))
        return fail((DWORD)NTE_BAD_UID);
    return draw(pbBuffer, dwLen);
}
#endif

/* ---- keys ---- */

BOOL WINAPI CPGenKey(HCRYPTPROV hProv, ALG_ID Algid, DWORD dwFlags, HCRYPTKEY* phKey)
{
    return enter("CPGenKey", hProv, 0, 0, 0, dwFlags) && new_key(hProv, (BYTE)Algid, phKey);
}

BOOL WINAPI CPDeriveKey(HCRYPTPROV hProv, ALG_ID Algid, HCRYPTHASH hBaseData, DWORD dwFlags,
                        HCRYPTKEY* phKey)
{
    Hash* hash;
    (void)Algid;
    if (!enter("CPDeriveKey", hProv, 0, hBaseData, 0, dwFlags))
        return FALSE;
    hash = hash_of(hProv, hBaseData);
    return hash && new_key(hProv, (BYTE)hash->value, phKey);
}

BOOL WINAPI CPDestroyKey(HCRYPTPROV hProv, HCRYPTKEY hKey)
{
    Key* key;
    if (!enter("CPDestroyKey", hProv, hKey, 0, 0, 0))
        return FALSE;
    key = key_of(hProv, hKey);
    if (key)
        end(&key->alive);
    return key != NULL;
}

#ifndef SAMPLE_WITHOUT_DUPLICATES
BOOL WINAPI CPDuplicateKey(HCRYPTPROV hProv, HCRYPTKEY hKey, DWORD* pdwReserved, DWORD dwFlags,
                           HCRYPTKEY* phKey)
{
    Key* key;
    if (!enter("CPDuplicateKey", hProv, hKey, 0, 0, dwFlags))
        return FALSE;
    key = key_of(hProv, hKey);
    return key && !pdwReserved && new_key(hProv, key->value, phKey);
}

BOOL WINAPI CPDuplicateHash(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD* pdwReserved, DWORD dwFlags,
                            HCRYPTHASH* phHash)
{
    Hash* hash;
    if (!enter("CPDuplicateHash", hProv, 0, hHash, 0, dwFlags))
        return FALSE;
    hash = hash_of(hProv, hHash);
    return hash && !pdwReserved && new_hash(hProv, hash->value, phHash);
}
#endif

/* A blob is the key's byte, under the export key's when there is one. */
BOOL WINAPI CPExportKey(HCRYPTPROV hProv, HCRYPTKEY hKey, HCRYPTKEY hPubKey, DWORD dwBlobType,
                        DWORD dwFlags, BYTE* pbData, DWORD* pdwDataLen)
{
    Key* key;
    Key* over;
    BYTE blob;
    (void)dwBlobType;
    if (!enter("CPExportKey", hProv, hKey, 0, hPubKey, dwFlags)) {
        *pdwDataLen = 0;
        return FALSE;
    }
    key = key_of(hProv, hKey);
    over = hPubKey ? key_of(hProv, hPubKey) : NULL;
    if (!key || (hPubKey && !over))
        return FALSE;
    blob = (BYTE)(key->value ^ (over ? over->value : 0));
    if (!give(&blob, 1, pbData, pdwDataLen))
        return FALSE;
    if ((dwFlags & CRYPT_DESTROYKEY) && pbData)
        end(&key->alive);
    return TRUE;
}

BOOL WINAPI CPImportKey(HCRYPTPROV hProv, const BYTE* pbData, DWORD dwDataLen, HCRYPTKEY hPubKey,
                        DWORD dwFlags, HCRYPTKEY* phKey)
{
    Key* under;
    if (!enter("CPImportKey", hProv, 0, 0, hPubKey, dwFlags))
        return FALSE;
    under = hPubKey ? key_of(hProv, hPubKey) : NULL;
    if (hPubKey && !under)
        return FALSE;
    if (dwDataLen != 1)
        return fail((DWORD)NTE_BAD_DATA);
    return new_key(hProv, (BYTE)(pbData[0] ^ (under ? under->value : 0)), phKey);
}

BOOL WINAPI CPGetUserKey(HCRYPTPROV hProv, DWORD dwKeySpec, HCRYPTKEY* phUserKey)
{
    return enter("CPGetUserKey", hProv, 0, 0, 0, 0) && new_key(hProv, (BYTE)dwKeySpec, phUserKey);
}

BOOL WINAPI CPGetKeyParam(HCRYPTPROV hProv, HCRYPTKEY hKey, DWORD dwParam, BYTE* pbData,
                          DWORD* pcbDataLen, DWORD dwFlags)
{
    Key* key;
    if (!enter("CPGetKeyParam", hProv, hKey, 0, 0, dwFlags))
        return FALSE;
    key = key_of(hProv, hKey);
    if (!key)
        return FALSE;
    return dwParam == KP_PERMISSIONS ? give(&key->permissions, 4, pbData, pcbDataLen)
                                     : fail((DWORD)NTE_BAD_TYPE);
}

BOOL WINAPI CPSetKeyParam(HCRYPTPROV hProv, HCRYPTKEY hKey, DWORD dwParam, const BYTE* pbData,
                          DWORD dwFlags)
{
    Key* key;
    if (!enter("CPSetKeyParam", hProv, hKey, 0, 0, dwFlags))
        return FALSE;
    key = key_of(hProv, hKey);
    if (!key)
        return FALSE;
    if (dwParam != KP_PERMISSIONS)
        return fail((DWORD)NTE_BAD_TYPE);
    memcpy(&key->permissions, pbData, 4);
    return TRUE;
}

static BOOL run_key(HCRYPTPROV prov, HCRYPTKEY key_handle, HCRYPTHASH hash_handle, BYTE* data,
                    DWORD size)
{
    Key* const key = key_of(prov, key_handle);
    Hash* const hash = hash_handle ? hash_of(prov, hash_handle) : NULL;
    DWORD i;
    if (!key || (hash_handle && !hash))
        return FALSE;
    for (i = 0; data && i < size; ++i)
        data[i] ^= key->value;
    if (hash)
        hash->value = hashed(hash->value, data, size);
    return TRUE;
}

BOOL WINAPI CPEncrypt(HCRYPTPROV hProv, HCRYPTKEY hKey, HCRYPTHASH hHash, BOOL Final, DWORD dwFlags,
                      BYTE* pbData, DWORD* pdwDataLen, DWORD dwBufLen)
{
    (void)Final;
    if (!enter("CPEncrypt", hProv, hKey, hHash, 0, dwFlags))
        return FALSE;
    if (pbData && dwBufLen < *pdwDataLen)
        return fail(ERROR_MORE_DATA);
    return run_key(hProv, hKey, hHash, pbData, *pdwDataLen);
}

BOOL WINAPI CPDecrypt(HCRYPTPROV hProv, HCRYPTKEY hKey, HCRYPTHASH hHash, BOOL Final, DWORD dwFlags,
                      BYTE* pbData, DWORD* pdwDataLen)
{
    (void)Final;
    return enter("CPDecrypt", hProv, hKey, hHash, 0, dwFlags) &&
           run_key(hProv, hKey, hHash, pbData, *pdwDataLen);
}

/* ---- hashes ---- */

BOOL WINAPI CPCreateHash(HCRYPTPROV hProv, ALG_ID Algid, HCRYPTKEY hKey, DWORD dwFlags,
                         HCRYPTHASH* phHash)
{
    Key* key;
    (void)Algid;
    if (!enter("CPCreateHash", hProv, hKey, 0, 0, dwFlags))
        return FALSE;
    key = hKey ? key_of(hProv, hKey) : NULL;
    if (hKey && !key)
        return FALSE;
    return new_hash(hProv, key ? hashed(2166136261u, &key->value, 1) : 2166136261u, phHash);
}

BOOL WINAPI CPHashData(HCRYPTPROV hProv, HCRYPTHASH hHash, const BYTE* pbData, DWORD dwDataLen,
                       DWORD dwFlags)
{
    Hash* hash;
    if (!enter("CPHashData", hProv, 0, hHash, 0, dwFlags))
        return FALSE;
    hash = hash_of(hProv, hHash);
    if (hash)
        hash->value = hashed(hash->value, pbData, dwDataLen);
    return hash != NULL;
}

BOOL WINAPI CPHashSessionKey(HCRYPTPROV hProv, HCRYPTHASH hHash, HCRYPTKEY hKey, DWORD dwFlags)
{
    Hash* hash;
    Key* key;
    if (!enter("CPHashSessionKey", hProv, hKey, hHash, 0, dwFlags))
        return FALSE;
    hash = hash_of(hProv, hHash);
    key = hash ? key_of(hProv, hKey) : NULL;
    if (key)
        hash->value = hashed(hash->value, &key->value, 1);
    return key != NULL;
}

BOOL WINAPI CPGetHashParam(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD dwParam, BYTE* pbData,
                           DWORD* pdwDataLen, DWORD dwFlags)
{
    Hash* hash;
    if (!enter("CPGetHashParam", hProv, 0, hHash, 0, dwFlags))
        return FALSE;
    hash = hash_of(hProv, hHash);
    if (!hash)
        return FALSE;
    return dwParam == HP_HASHVAL ? give(&hash->value, 4, pbData, pdwDataLen)
                                 : fail((DWORD)NTE_BAD_TYPE);
}

BOOL WINAPI CPSetHashParam(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD dwParam, const BYTE* pbData,
                           DWORD dwFlags)
{
    Hash* hash;
    if (!enter("CPSetHashParam", hProv, 0, hHash, 0, dwFlags))
        return FALSE;
    hash = hash_of(hProv, hHash);
    if (!hash)
        return FALSE;
    if (dwParam != HP_HASHVAL)
        return fail((DWORD)NTE_BAD_TYPE);
    memcpy(&hash->value, pbData, 4);
    return TRUE;
}

BOOL WINAPI CPDestroyHash(HCRYPTPROV hProv, HCRYPTHASH hHash)
{
    Hash* hash;
    if (!enter("CPDestroyHash", hProv, 0, hHash, 0, 0))
        return FALSE;
    hash = hash_of(hProv, hHash);
    if (hash)
        end(&hash->alive);
    return hash != NULL;
}

/* The provider's own entry is meant here: libcapishim has one of that name too. */
static BOOL signature_of(HCRYPTPROV prov, HCRYPTHASH handle, LPCWSTR description, DWORD pair,
                         DWORD* signature)
{
    DWORD size = sizeof *signature;
    if (!CPGetHashParam(prov, handle, HP_HASHVAL, (BYTE*)signature, &size, 0))
        return FALSE;
    for (; description && *description; ++description) {
        const BYTE unit = (BYTE)*description;
        *signature = hashed(*signature, &unit, 1);
    }
    *signature += pair;
    return TRUE;
}

BOOL WINAPI CPSignHash(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD dwKeySpec, LPCWSTR szDescription,
                       DWORD dwFlags, BYTE* pbSignature, DWORD* pdwSigLen)
{
    DWORD signature;
    return enter("CPSignHash", hProv, 0, hHash, 0, dwFlags) &&
           signature_of(hProv, hHash, szDescription, dwKeySpec, &signature) &&
           give(&signature, sizeof signature, pbSignature, pdwSigLen);
}

BOOL WINAPI CPVerifySignature(HCRYPTPROV hProv, HCRYPTHASH hHash, const BYTE* pbSignature,
                              DWORD dwSigLen, HCRYPTKEY hPubKey, LPCWSTR szDescription,
                              DWORD dwFlags)
{
    DWORD signature;
    Key* key;
    if (!enter("CPVerifySignature", hProv, 0, hHash, hPubKey, dwFlags))
        return FALSE;
    key = key_of(hProv, hPubKey);
    if (!key || !signature_of(hProv, hHash, szDescription, key->value, &signature))
        return FALSE;
    if (dwSigLen != sizeof signature || memcmp(pbSignature, &signature, sizeof signature) != 0)
        return fail((DWORD)NTE_BAD_SIGNATURE);
    return TRUE;
}
