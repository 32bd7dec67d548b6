/** What an application may ask about its FastCGI request. */
module dev.gangway.api {
    exports dev.gangway.api;
}
