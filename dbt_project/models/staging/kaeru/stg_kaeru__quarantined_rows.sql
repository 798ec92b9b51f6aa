with

source as (
    select
        load_id,
        file_name,
        line,
        entity,
        column_name,
        value,
        rule,
        message_ja,
        message_en,
        way_out_ja,
        way_out_en,
        quarantined_at
    from {{ source('landing', 'quarantined_rows') }}
),

renamed as (
    select
        file_name,
        entity as entity_name,
        column_name,
        value as value_text,
        rule as rule_code,
        message_ja as message_ja_text,
        message_en as message_en_text,
        way_out_ja as way_out_ja_text,
        way_out_en as way_out_en_text,
        load_id as load_number,
        line as line_number,
        quarantined_at
    from source
)

select * from renamed
