#!/bin/sh
# Installs one major version of PostgreSQL and PgBouncer on an Ubuntu machine of GitHub's, from the PostgreSQL project's
# own packages, and starts neither: the suite wants the programs only.
set -eu
apt-get update -q
apt-get install -y -q --no-install-recommends postgresql-common ca-certificates
sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
/usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y
RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "postgresql-$1" pgbouncer
