/* The servlets in C, with libfcgi: libfcgi PORT SOCKET; a process for each connection, as it cannot do with fewer. */
#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define CHILDREN 40
#define BACKLOG 1024
#define BLOCK 8192
#define SAMPLED 1024

static const char ALPHABET[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static char pattern[62 * 300];

static void upload(FCGX_Request *request, int number) {
    char block[BLOCK];
    long length = 0, next = 0, sum = 0;
    int got;
    while ((got = FCGX_GetStr(block, BLOCK, request->in)) > 0) {
        for (; next < length + got; next += SAMPLED) sum += block[next - length];
        length += got;
    }
    FCGX_FPrintF(request->out, "Content-Type: text/plain\r\n\r\n%d: %ld bytes, %ld", number, length, sum);
}

static void answer(FCGX_Request *request) {
    const char *path = FCGX_GetParam("DOCUMENT_URI", request->envp);
    int number = atoi(strrchr(path, '/') + 1);
    if (!strncmp(path, "/hello/", 7)) {
        FCGX_FPrintF(request->out, "Content-Type: text/plain\r\n\r\nHello %d", number);
    } else if (!strncmp(path, "/upload/", 8)) {
        upload(request, number);
    } else {
        int blocks = path[1] == '1' && path[2] == 'm' ? 128 : 1;
        FCGX_PutS("Content-Type: application/octet-stream\r\n\r\n", request->out);
        for (int i = 0; i < blocks; i++)
            FCGX_PutStr(pattern + number % 62, blocks == 1 ? 2 * BLOCK : BLOCK, request->out);
    }
}

static void serve(int socket) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    FCGX_Request request;
    FCGX_InitRequest(&request, socket, 0);
    while (FCGX_Accept_r(&request) == 0) answer(&request);
    exit(1);
}

int main(int count, char **arguments) {
    char address[32];
    (void)count;
    for (size_t i = 0; i < sizeof pattern; i++) pattern[i] = ALPHABET[i % 62];
    snprintf(address, sizeof address, "127.0.0.1:%s", arguments[1]);
    FCGX_Init();
    int sockets[] = {FCGX_OpenSocket(address, BACKLOG), FCGX_OpenSocket(arguments[2], BACKLOG)};
    for (int i = 0; i < 2 * CHILDREN; i++)
        if (fork() == 0) serve(sockets[i % 2]);
    puts("ready");
    fflush(stdout);
    /* What the benchmark asks, nothing here can tell. */
    for (int c = getchar(); c != EOF; c = getchar())
        if (c == '\n') {
            puts("-1");
            fflush(stdout);
        }
    return 0;
}
