#include <fcgi_stdio.h>
#include <stdlib.h>

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

int main(void) {
    while (FCGI_Accept() >= 0) {
        long body = 0;
        while (getchar() != EOF) body++;
        printf("Content-Type: text/plain\r\n\r\n%s %s %ld\n", variable("REQUEST_METHOD"), variable("REQUEST_URI"), body);
    }
    return 0;
}
